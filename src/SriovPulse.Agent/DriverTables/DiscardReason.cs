namespace SriovPulse.Agent.DriverTables;

/// <summary>
/// Why a port discards frames: the small set on which drivers' statistics are mapped, so that alerts work across drivers. The cure differs by reason.
/// </summary>
public enum DiscardReason
{
    /// <summary>No receive descriptor was posted: the host (or its PF driver) is too slow, or its rings are too short.</summary>
    NoBuffer,

    /// <summary>The adapter's own packet buffer was full: more arrives than it can hand on to the functions.</summary>
    BufferOverflow,

    /// <summary>The PCIe bus did not take the frames in time.</summary>
    BusCongested,

    /// <summary>The frame was damaged, too short or too long.</summary>
    BadFrame,

    /// <summary>No steering rule, MAC or VLAN filter wanted the frame.</summary>
    NoMatch,

    /// <summary>The link was down.</summary>
    LinkDown,

    /// <summary>A rule forbade the frame: spoof check, random early drop, filter action.</summary>
    Policy,

    /// <summary>The driver counts a discard without telling one cause.</summary>
    Unspecified,
}
