namespace SriovPulse.Metrics.Store.Columns;

/// <summary>
/// A target's newest scrapes, unpacked: one column of values per scrape. One writer; readers see what <see cref="Count"/> says. Once packed, a full
/// block and its columns are used again, so that scraping leaves the collector nothing to do.
/// </summary>
/// <param name="sequence">The block's number within its target, rising.</param>
/// <param name="capacity">After how many scrapes it is packed.</param>
internal sealed class OpenBlock(int sequence, int capacity)
{
    private readonly long[] _timestamps = new long[capacity];
    private readonly double[]?[] _columns = new double[capacity][];
    private int _count;

    public int Sequence { get; private set; } = sequence;

    /// <summary>After how many scrapes it is packed.</summary>
    public int Capacity => capacity;

    public bool IsFull => _count == _columns.Length;

    /// <summary>How many scrapes there are. What is read of columns below it never changes.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>The most slots of a column.</summary>
    public int Width => _columns.Take(_count).Max(static column => column!.Length);

    /// <summary>Bytes that its columns take.</summary>
    public long Bytes => _columns.Sum(static column => column is null ? 0 : ColumnBytes(column.Length));

    /// <summary>The scrapes' times.</summary>
    public ReadOnlySpan<long> Timestamps(int count) => _timestamps.AsSpan(0, count);

    /// <summary>A column for the next scrape, empty: one of an earlier use, or a new one.</summary>
    public double[] Rent(int slots)
    {
        var column = _columns[_count] is { } earlier && earlier.Length >= slots ? earlier : new double[slots];
        Array.Fill(column, Packing.CellValue.Absent);
        return column;
    }

    /// <summary>Begins again as another block. What readers took from it until now is void.</summary>
    public void Reset(int next)
    {
        Sequence = next;
        Volatile.Write(ref _count, 0);
    }

    /// <summary>Publishes a scrape. A column shorter than there are slots has nothing in the others.</summary>
    public void Add(long timestamp, double[] column)
    {
        _timestamps[_count] = timestamp;
        _columns[_count] = column;
        Volatile.Write(ref _count, _count + 1);
    }

    /// <summary>The value of a series in a scrape.</summary>
    public double Cell(int scrape, int slot)
    {
        var column = _columns[scrape]!;
        return (uint)slot < (uint)column.Length ? column[slot] : Packing.CellValue.Absent;
    }

    /// <summary>The values of a series in all scrapes.</summary>
    public void Cells(int slot, Span<double> into)
    {
        for (var i = 0; i < into.Length; i++)
        {
            into[i] = Cell(i, slot);
        }
    }

    /// <summary>Bytes that a column takes.</summary>
    public static long ColumnBytes(int slots) => 24 + (slots * sizeof(double));
}
