using SriovPulse.Metrics.Store.Packing;

namespace SriovPulse.Metrics.Store.Columns;

/// <summary>
/// The samples of a target's scrapes: all series share the scrapes' times, a series is a slot in every column. Writers hold the target's lock;
/// readers take a view and no lock, and look again when the open block was used anew while they read.
/// </summary>
internal sealed class TargetColumns
{
    /// <summary>Scrapes of a block: more would pack better, fewer would keep less unpacked.</summary>
    public const int BlockScrapes = 16;

    private Blocks _blocks;
    private long _sealedBytes;
    private volatile bool _sharesSeries;

    // Odd while a packed block takes the place of the open one, and another number afterwards.
    private int _version;

    /// <summary>Empty columns.</summary>
    /// <param name="firstBlockScrapes">Size of the first block: differs between targets, so that they do not all pack in the same scrape.</param>
    public TargetColumns(int firstBlockScrapes = BlockScrapes) => _blocks = new Blocks([], new OpenBlock(0, firstBlockScrapes));

    /// <summary>Columns of a snapshot.</summary>
    public TargetColumns(SealedBlock[] restored, double[] lastColumn)
    {
        _blocks = new Blocks(restored, new OpenBlock(restored.Length == 0 ? 0 : restored[^1].Sequence + 1, BlockScrapes));
        LastColumn = lastColumn;
        LastTimestamp = restored.Length == 0 ? long.MinValue : restored[^1].Last;
        Bytes = _sealedBytes = restored.Sum(static block => block.Bytes);
    }

    /// <summary>The number of the block that takes new scrapes.</summary>
    public int OpenSequence => _blocks.Open.Sequence;

    /// <summary>Packed blocks, oldest first.</summary>
    public ReadOnlySpan<SealedBlock> Sealed => _blocks.Sealed;

    /// <summary>The time of the newest scrape.</summary>
    public long LastTimestamp { get; private set; } = long.MinValue;

    /// <summary>The newest scrape's values.</summary>
    public double[] LastColumn { get; private set; } = [];

    /// <summary>Whether some of the series have samples elsewhere too, so that times have to be compared.</summary>
    public bool SharesSeries
    {
        get => _sharesSeries;
        set => _sharesSeries = value;
    }

    /// <summary>Bytes that the columns take.</summary>
    public long Bytes { get; private set; }

    /// <summary>Counts how often the open block was used anew, twice each time.</summary>
    public int Version => Volatile.Read(ref _version);

    /// <summary>The blocks as they are now.</summary>
    public ColumnsView View()
    {
        var wait = default(SpinWait);
        while (true)
        {
            var version = Version;
            if ((version & 1) == 0)
            {
                var blocks = Volatile.Read(ref _blocks);
                return new ColumnsView(this, version, blocks.Sealed, blocks.Open, blocks.Open.Count);
            }

            wait.SpinOnce();
        }
    }

    /// <summary>An empty column for the next scrape, seen by nobody until it is appended.</summary>
    public double[] RentColumn(int slots) => _blocks.Open.Rent(slots);

    /// <summary>Publishes a scrape that is newer than all before.</summary>
    /// <returns>Whether a block was packed.</returns>
    public bool Append(long timestamp, double[] column, SealedBlock.Builder builder)
    {
        _blocks.Open.Add(timestamp, column);
        LastTimestamp = timestamp;
        LastColumn = column;
        Bytes = _sealedBytes + _blocks.Open.Bytes;
        if (!_blocks.Open.IsFull)
        {
            return false;
        }

        Seal(builder);
        return true;
    }

    /// <summary>Forgets series in the newest scrape's values, which scrapes are compared with. What readers see stays.</summary>
    public void Forget(IEnumerable<int> slots)
    {
        var column = (double[])LastColumn.Clone();
        foreach (var slot in slots)
        {
            if (slot < column.Length)
            {
                column[slot] = CellValue.Absent;
            }
        }

        LastColumn = column;
    }

    /// <summary>Packs what the open block holds.</summary>
    public void Seal(SealedBlock.Builder builder)
    {
        var open = _blocks.Open;
        if (open.Count == 0)
        {
            return;
        }

        SealedBlock[] packed = [.. _blocks.Sealed, Pack(open, builder)];
        if (!open.IsFull || open.Capacity != BlockScrapes)
        {
            Publish(packed, new OpenBlock(open.Sequence + 1, BlockScrapes));
            return;
        }

        // Interlocked, so that nobody sees the block's new content before the new version. The newest column is the last that is written over.
        Interlocked.Increment(ref _version);
        open.Reset(open.Sequence + 1);
        Publish(packed, open);
        Interlocked.Increment(ref _version);
    }

    /// <summary>All blocks in order, the open one packed, for a snapshot.</summary>
    public SealedBlock[] Packed(SealedBlock.Builder builder) =>
        _blocks.Open.Count == 0 ? _blocks.Sealed : [.. _blocks.Sealed, Pack(_blocks.Open, builder)];

    /// <summary>Goes through the packed blocks, oldest first.</summary>
    /// <param name="change">A block's replacement, itself when it stays, null to drop it.</param>
    public void Rewrite(Func<SealedBlock, SealedBlock?> change)
    {
        var changed = false;
        var kept = new List<SealedBlock>(_blocks.Sealed.Length);
        foreach (var block in _blocks.Sealed)
        {
            var replacement = change(block);
            changed |= replacement != block;
            if (replacement is not null)
            {
                kept.Add(replacement);
            }
        }

        if (changed)
        {
            Publish([.. kept], _blocks.Open);
        }
    }

    /// <summary>A block without the series that a condition leaves out; null when none is left.</summary>
    public static SealedBlock? Without(SealedBlock block, Func<int, bool> isLeftOut, SealedBlock.Builder builder)
    {
        builder.Begin(block.Sequence, block.Timestamps.ToArray());
        Span<double> cells = stackalloc double[block.Timestamps.Length];
        var left = 0;
        var taken = 0;
        for (var slot = 0; slot < block.SlotLimit; slot++)
        {
            if (!block.Contains(slot))
            {
                continue;
            }

            if (isLeftOut(slot))
            {
                left++;
            }
            else if (block.TryRead(slot, cells))
            {
                builder.Add(slot, cells);
                taken++;
            }
        }

        return left == 0 ? block : taken == 0 ? null : builder.Seal();
    }

    /// <summary>Whether a series whose newest sample came in a certain block still has any.</summary>
    public bool Holds(int slot, int lastSequence)
    {
        if (lastSequence >= OpenSequence)
        {
            return true;
        }

        for (var i = _blocks.Sealed.Length - 1; i >= 0 && _blocks.Sealed[i].Sequence >= lastSequence; i--)
        {
            if (_blocks.Sealed[i].Sequence == lastSequence)
            {
                return _blocks.Sealed[i].Contains(slot);
            }
        }

        return false;
    }

    private static SealedBlock Pack(OpenBlock open, SealedBlock.Builder builder)
    {
        var count = open.Count;
        builder.Begin(open.Sequence, open.Timestamps(count).ToArray());
        Span<double> cells = stackalloc double[count];
        var slots = open.Width;
        for (var slot = 0; slot < slots; slot++)
        {
            open.Cells(slot, cells);
            builder.Add(slot, cells);
        }

        return builder.Seal();
    }

    private void Publish(SealedBlock[] sealedBlocks, OpenBlock open)
    {
        Volatile.Write(ref _blocks, new Blocks(sealedBlocks, open));
        _sealedBytes = sealedBlocks.Sum(static block => block.Bytes);
        Bytes = _sealedBytes + open.Bytes;
    }

    /// <summary>What readers see at once.</summary>
    private sealed record Blocks(SealedBlock[] Sealed, OpenBlock Open);
}
