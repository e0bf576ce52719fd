namespace SriovPulse.Metrics.Store.Columns;

/// <summary>A target's newest scrapes, unpacked: one column of values per scrape. One writer; readers see what <see cref="Count"/> says.</summary>
/// <param name="sequence">The block's number within its target, rising.</param>
/// <param name="capacity">After how many scrapes it is packed.</param>
internal sealed class OpenBlock(int sequence, int capacity)
{
    private readonly long[] _timestamps = new long[capacity];
    private readonly double[]?[] _columns = new double[capacity][];
    private int _count;

    public int Sequence => sequence;

    public bool IsFull => _count == _columns.Length;

    /// <summary>How many scrapes there are. What is read of columns below it never changes.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>The most slots of a column.</summary>
    public int Width => _columns.Max(static column => column?.Length ?? 0);

    /// <summary>Bytes that its columns take.</summary>
    public long Bytes => _columns.Sum(static column => column is null ? 0 : ColumnBytes(column.Length));

    /// <summary>The scrapes' times.</summary>
    public ReadOnlySpan<long> Timestamps(int count) => _timestamps.AsSpan(0, count);

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
