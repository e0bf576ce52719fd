namespace SriovPulse.Agent.DriverTables;

/// <summary>The reasons' spelling as label values.</summary>
public static class DiscardReasons
{
    /// <summary>How many reasons there are.</summary>
    public const int Count = 8;

    /// <summary>Value of the <c>reason</c> label.</summary>
    public static string Label(this DiscardReason reason) => reason switch
    {
        DiscardReason.NoBuffer => "no_buffer",
        DiscardReason.BufferOverflow => "buffer_overflow",
        DiscardReason.BusCongested => "bus_congested",
        DiscardReason.BadFrame => "bad_frame",
        DiscardReason.NoMatch => "no_match",
        DiscardReason.LinkDown => "link_down",
        DiscardReason.Policy => "policy",
        DiscardReason.Unspecified => "unspecified",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "no discard reason"),
    };
}
