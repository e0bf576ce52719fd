using SriovPulse.Core;

namespace SriovPulse.Agent.Ownership;

/// <summary>One source's word that a workload owns a VF.</summary>
/// <param name="Source">Who says so.</param>
/// <param name="Workload">The owner.</param>
/// <param name="Address">The VF, by PCI address; null when <paramref name="Netdev"/> names it.</param>
/// <param name="Netdev">The VF, by its host netdev (a guest's macvtap in pass-through mode); null when <paramref name="Address"/> names it.</param>
/// <param name="IsExact">
/// False when the workload holds an IOMMU group of several devices, of which this is one, and nothing says which of them it uses: then nobody
/// else can use it, but it has no owner to name.
/// </param>
public sealed record Claim(OwnershipSource Source, Workload Workload, PciAddress? Address, string? Netdev, bool IsExact = true);
