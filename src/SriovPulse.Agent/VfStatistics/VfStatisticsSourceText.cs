namespace SriovPulse.Agent.VfStatistics;

/// <summary>The values of the <c>stats_source</c> label.</summary>
internal static class VfStatisticsSourceText
{
    /// <summary>Label value.</summary>
    public static string Of(VfStatisticsSource source) => source switch
    {
        VfStatisticsSource.None => "none",
        VfStatisticsSource.SysfsDirectory => "sysfs_directory",
        VfStatisticsSource.SysfsFile => "sysfs_file",
        VfStatisticsSource.Rtnetlink => "rtnetlink",
        VfStatisticsSource.Netdev => "netdev",
        _ => throw new ArgumentOutOfRangeException(nameof(source)),
    };
}
