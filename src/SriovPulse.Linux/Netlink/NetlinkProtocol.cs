namespace SriovPulse.Linux.Netlink;

/// <summary>Which kernel subsystem a netlink socket talks to (include/uapi/linux/netlink.h).</summary>
public enum NetlinkProtocol
{
    /// <summary>rtnetlink: links, addresses, routes.</summary>
    Route = 0,

    /// <summary>The kernel's device events.</summary>
    KobjectUevent = 15,

    /// <summary>Generic netlink: families such as ethtool and devlink.</summary>
    Generic = 16,
}
