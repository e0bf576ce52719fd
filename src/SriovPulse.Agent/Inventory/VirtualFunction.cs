using SriovPulse.Agent.Metrics;
using SriovPulse.Core;

namespace SriovPulse.Agent.Inventory;

/// <summary>A VF as one look at the host found it; immutable.</summary>
public sealed class VirtualFunction
{
    /// <summary>Position among all VFs of the host, from 0: an index for arrays kept beside the inventory.</summary>
    public required int Ordinal { get; init; }

    /// <summary>Index on its PF.</summary>
    public required int Index { get; init; }

    /// <summary>PCI address; none for netdevsim's.</summary>
    public required PciAddress? Address { get; init; }

    /// <summary>
    /// Changes when the VF is destroyed and made again under the same index: the inode number of its <c>virtfnN</c> link, 0 when there is none.
    /// </summary>
    public required ulong Generation { get; init; }

    /// <summary>Driver bound to the VF on the host, empty when none is.</summary>
    public required string Driver { get; init; }

    /// <summary>Name of the VF's own netdev when the host owns it, else null.</summary>
    public required string? Netdev { get; init; }

    /// <summary>IOMMU group number, null when there is none.</summary>
    public required int? IommuGroup { get; init; }

    /// <summary>NUMA node, null when unknown.</summary>
    public required int? NumaNode { get; init; }

    /// <summary><c>{pf="…",vf="…"}</c>.</summary>
    public required LabelSet Labels { get; init; }
}
