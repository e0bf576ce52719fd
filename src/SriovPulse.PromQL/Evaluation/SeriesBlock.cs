using SriovPulse.PromQL.Series;

namespace SriovPulse.PromQL.Evaluation;

/// <summary>Series with their values at the steps of a grid, row after row in one array. Each block has one owner, which may change it in place.</summary>
internal sealed class SeriesBlock
{
    private Labels[] _labels;
    private NameState[] _names;
    private double[] _values;

    public SeriesBlock(int steps, int capacity)
    {
        Steps = steps;
        _labels = capacity == 0 ? [] : new Labels[capacity];
        _names = capacity == 0 ? [] : new NameState[capacity];
        _values = capacity == 0 ? [] : GC.AllocateUninitializedArray<double>(checked(capacity * steps));
    }

    public int Steps { get; }

    public int Count { get; private set; }

    public Span<Labels> Labels => _labels.AsSpan(0, Count);

    public Span<NameState> Names => _names.AsSpan(0, Count);

    public Span<double> Values => _values.AsSpan(0, Count * Steps);

    public Span<double> Row(int row) => _values.AsSpan(row * Steps, Steps);

    /// <summary>Makes room for so many rows in all.</summary>
    public void EnsureCapacity(int rows)
    {
        if (rows > _labels.Length)
        {
            Array.Resize(ref _labels, rows);
            Array.Resize(ref _names, rows);
            Array.Resize(ref _values, checked(rows * Steps));
        }
    }

    /// <summary>Appends a row; its values are to be filled in by the caller.</summary>
    public Span<double> Add(Labels labels, NameState name)
    {
        if (Count == _labels.Length)
        {
            EnsureCapacity(Math.Max(16, Count * 2));
        }

        _labels[Count] = labels;
        _names[Count] = name;
        return Row(Count++);
    }

    /// <summary>Appends a row without values yet.</summary>
    public Span<double> AddAbsent(Labels labels, NameState name)
    {
        var row = Add(labels, name);
        row.Fill(Absent.Value);
        return row;
    }

    /// <summary>Takes back the row that was added last.</summary>
    public void RemoveLast() => Count--;

    /// <summary>Lets names go, where they are not gone already.</summary>
    public void DropNames(NameState state)
    {
        foreach (ref var name in Names)
        {
            name = name < state ? state : name;
        }
    }

    /// <summary>Leaves out rows that have no value at any step.</summary>
    public void Compact()
    {
        var kept = 0;
        for (var row = 0; row < Count; row++)
        {
            if (!HasValue(row))
            {
                continue;
            }

            if (kept != row)
            {
                _labels[kept] = _labels[row];
                _names[kept] = _names[row];
                Row(row).CopyTo(Row(kept));
            }

            kept++;
        }

        Count = kept;
    }

    /// <summary>Puts the rows into another order.</summary>
    public void Reorder(int[] order)
    {
        var (labels, names, values) = (new Labels[order.Length], new NameState[order.Length], new double[order.Length * Steps]);
        for (var i = 0; i < order.Length; i++)
        {
            labels[i] = _labels[order[i]];
            names[i] = _names[order[i]];
            Row(order[i]).CopyTo(values.AsSpan(i * Steps));
        }

        (_labels, _names, _values, Count) = (labels, names, values, order.Length);
    }

    /// <summary>The same values at every step of a longer grid; this block has one step.</summary>
    public SeriesBlock Repeat(int steps)
    {
        var block = new SeriesBlock(steps, Count);
        for (var row = 0; row < Count; row++)
        {
            block.Add(_labels[row], _names[row]).Fill(_values[row]);
        }

        return block;
    }

    private bool HasValue(int row)
    {
        foreach (var value in Row(row))
        {
            if (!Absent.Is(value))
            {
                return true;
            }
        }

        return false;
    }
}
