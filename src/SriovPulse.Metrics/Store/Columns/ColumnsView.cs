using SriovPulse.Metrics.Store.Packing;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Store.Columns;

/// <summary>
/// A target's blocks as they were at one moment; whatever is committed or dropped later does not show. Valid until the open block is used anew:
/// what was read has to be thrown away then, and read again from a new view.
/// </summary>
/// <param name="columns">Whose blocks they are.</param>
/// <param name="version">The columns' version at that moment.</param>
/// <param name="sealedBlocks">Packed blocks, oldest first.</param>
/// <param name="open">The block that takes new scrapes.</param>
/// <param name="count">How many of the open block's scrapes show.</param>
internal readonly struct ColumnsView(TargetColumns columns, int version, SealedBlock[] sealedBlocks, OpenBlock open, int count)
{
    /// <summary>Whether what was read from the view until now is right.</summary>
    public bool IsCurrent
    {
        get
        {
            Volatile.ReadBarrier();
            return columns.Version == version;
        }
    }

    /// <summary>Appends a series' samples of a window, open at its start.</summary>
    /// <returns>False when the view is no longer current; nothing was appended.</returns>
    public bool TryRead(int slot, long startExclusive, long endInclusive, SampleWindow into)
    {
        // The open block first, to be sure of it before anything is appended: packed blocks never change.
        Span<double> newest = stackalloc double[TargetColumns.BlockScrapes];
        Span<long> times = stackalloc long[TargetColumns.BlockScrapes];
        times = times[..count];
        newest = newest[..count];
        open.Timestamps(count).CopyTo(times);
        var overlaps = count > 0 && times[^1] > startExclusive && times[0] <= endInclusive;
        if (overlaps)
        {
            open.Cells(slot, newest);
        }

        if (!IsCurrent)
        {
            return false;
        }

        Span<double> cells = stackalloc double[ValueRun.Limit];
        foreach (var block in sealedBlocks)
        {
            var timestamps = block.Timestamps;
            if (block.Last > startExclusive && timestamps[0] <= endInclusive && block.TryRead(slot, cells[..timestamps.Length]))
            {
                Append(timestamps, cells, startExclusive, endInclusive, into);
            }
        }

        if (overlaps)
        {
            Append(times, newest, startExclusive, endInclusive, into);
        }

        return true;
    }

    /// <summary>The newest sample of a window, open at its start; to be believed only if the view is still current afterwards.</summary>
    public bool TryReadLast(int slot, long startExclusive, long endInclusive, out Sample sample)
    {
        var times = open.Timestamps(count);
        for (var i = count - 1; i >= 0 && times[i] > startExclusive; i--)
        {
            if (times[i] <= endInclusive && open.Cell(i, slot) is var cell && !CellValue.IsAbsent(cell))
            {
                sample = new Sample(times[i], cell);
                return true;
            }
        }

        Span<double> cells = stackalloc double[ValueRun.Limit];
        for (var b = sealedBlocks.Length - 1; b >= 0 && sealedBlocks[b].Last > startExclusive; b--)
        {
            times = sealedBlocks[b].Timestamps;
            if (times[0] > endInclusive || !sealedBlocks[b].TryRead(slot, cells[..times.Length]))
            {
                continue;
            }

            for (var i = times.Length - 1; i >= 0 && times[i] > startExclusive; i--)
            {
                if (times[i] <= endInclusive && !CellValue.IsAbsent(cells[i]))
                {
                    sample = new Sample(times[i], cells[i]);
                    return true;
                }
            }
        }

        sample = default;
        return false;
    }

    private static void Append(ReadOnlySpan<long> timestamps, ReadOnlySpan<double> cells, long startExclusive, long endInclusive, SampleWindow into)
    {
        var from = 0;
        while (from < timestamps.Length && timestamps[from] <= startExclusive)
        {
            from++;
        }

        var to = timestamps.Length;
        while (to > from && timestamps[to - 1] > endInclusive)
        {
            to--;
        }

        // Gaps are rare: whole stretches are copied.
        while (from < to)
        {
            var gap = from;
            while (gap < to && !CellValue.IsAbsent(cells[gap]))
            {
                gap++;
            }

            into.Add(timestamps[from..gap], cells[from..gap]);
            from = gap + 1;
        }
    }
}
