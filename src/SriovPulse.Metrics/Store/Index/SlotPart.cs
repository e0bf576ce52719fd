using SriovPulse.Metrics.Store.Columns;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Store.Index;

/// <summary>Where a target keeps samples of a series.</summary>
internal sealed class SlotPart(TargetColumns columns, int slot)
{
    private int _slot = slot;

    public TargetColumns Columns => columns;

    /// <summary>The slot; negative once it was given up.</summary>
    public int Slot => Volatile.Read(ref _slot);

    /// <summary>Appends the samples of a window, open at its start.</summary>
    public void Read(long startExclusive, long endInclusive, SampleWindow into) => Read(columns, ref _slot, startExclusive, endInclusive, into);

    /// <summary>The newest sample of a window, open at its start.</summary>
    public bool TryReadLast(long startExclusive, long endInclusive, out Sample sample) =>
        TryReadLast(columns, ref _slot, startExclusive, endInclusive, out sample);

    /// <summary>Appends the samples of a window from a slot that may be given up meanwhile.</summary>
    public static void Read(TargetColumns columns, ref int slot, long startExclusive, long endInclusive, SampleWindow into)
    {
        while (true)
        {
            // The view first: a slot that is given up after this is not used again in what the view shows.
            var view = columns.View();
            if (Volatile.Read(ref slot) is not (>= 0 and var held) || view.TryRead(held, startExclusive, endInclusive, into))
            {
                return;
            }
        }
    }

    /// <summary>The newest sample of a window in a slot that may be given up meanwhile.</summary>
    public static bool TryReadLast(TargetColumns columns, ref int slot, long startExclusive, long endInclusive, out Sample sample)
    {
        while (true)
        {
            sample = default;
            var view = columns.View();
            var found = Volatile.Read(ref slot) is >= 0 and var held && view.TryReadLast(held, startExclusive, endInclusive, out sample);
            if (view.IsCurrent)
            {
                return found;
            }
        }
    }

    public void Release() => Volatile.Write(ref _slot, -1);
}
