namespace SriovPulse.Agent.VfStatistics;

/// <summary>Where a VF's counters come from.</summary>
internal enum VfStatisticsSource
{
    /// <summary>From nowhere.</summary>
    None,

    /// <summary>A vendor's tree with one file per counter.</summary>
    SysfsDirectory,

    /// <summary>A vendor's single statistics file.</summary>
    SysfsFile,

    /// <summary>The PF's answer to an rtnetlink query.</summary>
    Rtnetlink,

    /// <summary>The VF's own netdev, which the host owns.</summary>
    Netdev,
}
