using SriovPulse.Metrics.Store.Columns;

namespace SriovPulse.Metrics.Store.Index;

/// <summary>Where a target keeps samples of a series.</summary>
internal sealed class SlotPart(TargetColumns columns, int slot)
{
    private int _slot = slot;

    public TargetColumns Columns => columns;

    /// <summary>The slot; negative once it was given up. Read it after the columns' view: what the view shows is then the series' own.</summary>
    public int Slot => Volatile.Read(ref _slot);

    public void Release() => Volatile.Write(ref _slot, -1);
}
