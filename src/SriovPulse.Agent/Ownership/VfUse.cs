namespace SriovPulse.Agent.Ownership;

/// <summary>Whether a VF can be given to a workload.</summary>
public enum VfUse
{
    /// <summary>Nobody has it.</summary>
    Free,

    /// <summary>A workload has it, or holds the IOMMU group that it is in.</summary>
    Assigned,

    /// <summary>Cannot be told: a source that would know is unreadable or has not answered yet, or its driver's netdev is in another namespace.</summary>
    Unknown,
}
