namespace SriovPulse.Agent.Inventory;

/// <summary>What changes rarely about a VF, and not without a uevent.</summary>
/// <param name="Driver">Driver bound on the host, empty when none is.</param>
/// <param name="IommuGroup">IOMMU group, null when there is none.</param>
/// <param name="NumaNode">NUMA node, null when unknown.</param>
internal readonly record struct VfFacts(string Driver, int? IommuGroup, int? NumaNode);
