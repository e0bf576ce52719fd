namespace SriovPulse.Agent.VfStatistics;

/// <summary>What it means when a source says that all counters of a VF are zero.</summary>
internal enum VfZeros
{
    /// <summary>Nothing, until it has said something else: it may not fill them in at all.</summary>
    Unproven,

    /// <summary>No traffic, or a reset during which it cannot tell.</summary>
    Doubtful,

    /// <summary>No traffic.</summary>
    True,
}
