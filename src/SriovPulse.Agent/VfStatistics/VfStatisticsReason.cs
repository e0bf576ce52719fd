namespace SriovPulse.Agent.VfStatistics;

/// <summary>Why a VF's counters cannot be shown.</summary>
internal enum VfStatisticsReason
{
    /// <summary>They can.</summary>
    None,

    /// <summary>The PF's driver has no per-VF statistics; the kernel reports zeros that mean nothing.</summary>
    DriverUnsupported,

    /// <summary>It is not known whether the driver fills its zeros, and nothing else has been seen yet.</summary>
    Unproven,

    /// <summary>The kernel left the VF out of its reply, as drivers make it do while the VF is being reset.</summary>
    MissingInReply,

    /// <summary>All counters are zero, at once or at first sight, as in a reset; withheld until it persists.</summary>
    Resetting,

    /// <summary>The source exists and could not be read.</summary>
    ReadFailed,

    /// <summary>The agent lacks the right to read the source.</summary>
    Denied,

    /// <summary>The PF has no netdev in this network namespace and no statistics directory.</summary>
    NoSource,
}
