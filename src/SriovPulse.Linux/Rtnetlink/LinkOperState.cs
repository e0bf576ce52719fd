namespace SriovPulse.Linux.Rtnetlink;

/// <summary>Operational state of a link (RFC 2863; include/uapi/linux/if.h).</summary>
public enum LinkOperState
{
    /// <summary>The driver does not tell.</summary>
    Unknown,

    /// <summary>The hardware is gone.</summary>
    NotPresent,

    /// <summary>Down.</summary>
    Down,

    /// <summary>Down because the link below it is.</summary>
    LowerLayerDown,

    /// <summary>In a test.</summary>
    Testing,

    /// <summary>Waits for something, authentication for instance.</summary>
    Dormant,

    /// <summary>Up.</summary>
    Up,
}
