namespace SriovPulse.Linux.Ethtool;

/// <summary>Groups of standard statistics. A driver reads each from its hardware apart, so ask only for what is needed.</summary>
[Flags]
public enum StandardGroups
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The physical layer.</summary>
    Phy = 1,

    /// <summary>Frames and octets of the MAC, PF and VFs together.</summary>
    Mac = 2,

    /// <summary>MAC control frames.</summary>
    Control = 4,

    /// <summary>RMON: frames by size.</summary>
    Rmon = 8,

    /// <summary>All.</summary>
    All = Phy | Mac | Control | Rmon,
}
