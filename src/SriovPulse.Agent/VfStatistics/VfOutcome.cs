using SriovPulse.Core;

namespace SriovPulse.Agent.VfStatistics;

/// <summary>What one collection learnt of a VF's counters.</summary>
internal struct VfOutcome
{
    /// <summary>The counters that may be shown.</summary>
    public VfCounters Counters;

    /// <summary>Where they come from.</summary>
    public VfStatisticsSource Source;

    /// <summary>Why there are none; <see cref="VfStatisticsReason.None"/> when there are.</summary>
    public VfStatisticsReason Reason;

    /// <summary>When they started to count, Unix time in milliseconds.</summary>
    public long CreatedUnixMilliseconds;
}
