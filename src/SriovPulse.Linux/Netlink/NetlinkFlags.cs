namespace SriovPulse.Linux.Netlink;

/// <summary>Flags of a netlink message's header (include/uapi/linux/netlink.h). The session adds those that its kind of exchange needs.</summary>
[Flags]
public enum NetlinkFlags : ushort
{
    /// <summary>None beyond what the session adds.</summary>
    None = 0,

    /// <summary>A request to the kernel.</summary>
    Request = 0x01,

    /// <summary>Part of a reply of several messages.</summary>
    Multipart = 0x02,

    /// <summary>Asks for an acknowledgement.</summary>
    Acknowledge = 0x04,

    /// <summary>The data changed while it was dumped.</summary>
    DumpInterrupted = 0x10,

    /// <summary>Asks for all objects.</summary>
    Dump = 0x300,
}
