using SriovPulse.Agent.Metrics;
using SriovPulse.Core;

namespace SriovPulse.Agent.Inventory;

/// <summary>
/// A PF as one look at the host found it; immutable. A PF is a PCI function that can have VFs, or a netdev that reports some (netdevsim).
/// </summary>
public sealed class PhysicalFunction
{
    /// <summary>Position in <see cref="HostInventory.PhysicalFunctions"/>.</summary>
    public required int Ordinal { get; init; }

    /// <summary>PCI address; none for a device on another bus.</summary>
    public required PciAddress? Address { get; init; }

    /// <summary>Netdev's name; none when the PF has no netdev in this network namespace.</summary>
    public required string? Netdev { get; init; }

    /// <summary>Netdev's index, 0 when the PF has none.</summary>
    public required int IfIndex { get; init; }

    /// <summary>Kernel driver bound to the PF, empty when none is.</summary>
    public required string Driver { get; init; }

    /// <summary>Directory of the device below the root, for example <c>sys/bus/pci/devices/0000:3b:00.0</c>.</summary>
    public required string DevicePath { get; init; }

    /// <summary>PCI vendor id; 0 when not a PCI function.</summary>
    public required ushort VendorId { get; init; }

    /// <summary>PCI device id; 0 when not a PCI function.</summary>
    public required ushort DeviceId { get; init; }

    /// <summary>NUMA node, null when unknown.</summary>
    public required int? NumaNode { get; init; }

    /// <summary>How many VFs the device supports (<c>sriov_totalvfs</c>); null when it does not tell.</summary>
    public required int? SupportedVfs { get; init; }

    /// <summary>The VFs that exist now, by index.</summary>
    public required IReadOnlyList<VirtualFunction> VirtualFunctions { get; init; }

    /// <summary>Value of the <c>pf</c> label: the netdev's name, else the PCI address. Never empty.</summary>
    public required string Label { get; init; }

    /// <summary><c>{pf="…"}</c>.</summary>
    public required LabelSet Labels { get; init; }
}
