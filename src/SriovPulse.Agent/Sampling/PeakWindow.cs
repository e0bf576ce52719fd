using System.Runtime.CompilerServices;

namespace SriovPulse.Agent.Sampling;

/// <summary>
/// The highest value of about the last minute, kept as one maximum per slot of ten seconds: a value is forgotten between 50 and 60 seconds after it was added.
/// </summary>
internal struct PeakWindow
{
    /// <summary>Length of the window in seconds.</summary>
    public const int Seconds = Slots * SlotSeconds;

    private const int Slots = 6;
    private const int SlotSeconds = 10;

    private SlotValues _highest;
    private long _newestSlot;
    private bool _any;

    /// <summary>Adds a value.</summary>
    public void Add(double time, double value)
    {
        var slot = SlotOf(time);
        if (!_any)
        {
            _newestSlot = slot - Slots;
            _any = true;
        }

        for (var s = Math.Max(_newestSlot + 1, slot - Slots + 1); s <= slot; s++)
        {
            _highest[Index(s)] = -1;
        }

        _newestSlot = Math.Max(_newestSlot, slot);
        ref var highest = ref _highest[Index(slot)];
        highest = Math.Max(highest, value);
    }

    /// <summary>The highest value in the window that ends at <paramref name="time"/>; false when there is none.</summary>
    public readonly bool TryGet(double time, out double highest)
    {
        highest = -1;
        if (!_any)
        {
            return false;
        }

        var slot = SlotOf(time);
        for (var s = Math.Max(slot, _newestSlot) - Slots + 1; s <= _newestSlot; s++)
        {
            highest = Math.Max(highest, _highest[Index(s)]);
        }

        return highest >= 0;
    }

    private static long SlotOf(double time) => (long)Math.Floor(time / SlotSeconds);

    private static int Index(long slot) => (int)(((slot % Slots) + Slots) % Slots);

    [InlineArray(Slots)]
    private struct SlotValues
    {
        private double _first;
    }
}
