namespace SriovPulse.Agent.Ownership;

/// <summary>The one owner of a VF.</summary>
/// <param name="Workload">The owner.</param>
/// <param name="Source">How it was found.</param>
public sealed record VfOwner(Workload Workload, OwnershipSource Source);
