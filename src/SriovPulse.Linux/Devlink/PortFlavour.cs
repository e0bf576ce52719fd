namespace SriovPulse.Linux.Devlink;

/// <summary>What a devlink port leads to (include/uapi/linux/devlink.h, enum devlink_port_flavour).</summary>
public enum PortFlavour
{
    /// <summary>The wire.</summary>
    Physical = 0,

    /// <summary>A switch chip's CPU.</summary>
    Cpu = 1,

    /// <summary>Another switch chip.</summary>
    Dsa = 2,

    /// <summary>A PF: its representor.</summary>
    PciPf = 3,

    /// <summary>A VF: its representor.</summary>
    PciVf = 4,

    /// <summary>A virtual port that faces the user, such as a VF seen by itself.</summary>
    Virtual = 5,

    /// <summary>Nothing.</summary>
    Unused = 6,

    /// <summary>A subfunction: its representor.</summary>
    PciSf = 7,
}
