namespace SriovPulse.Linux.Rtnetlink;

/// <summary>How much to ask of a link. The kernel asks the driver once per VF while it holds RTNL, so less is cheaper for the whole host.</summary>
public enum LinkDetail
{
    /// <summary>The link alone.</summary>
    Plain,

    /// <summary>The link and the configuration of its VFs.</summary>
    Vfs,

    /// <summary>The link, and configuration and counters of its VFs.</summary>
    VfsWithStats,
}
