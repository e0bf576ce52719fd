using SriovPulse.Core;

namespace SriovPulse.Agent.Ownership.Processes;

/// <summary>A process that holds VFIO devices, or says on its command line that it does.</summary>
public sealed record VfioHolder
{
    // They hand descriptors to the machines that they start and keep none for themselves.
    private static readonly HashSet<string> s_brokers = new(StringComparer.Ordinal) { "libvirtd", "virtqemud" };

    /// <summary>Its id.</summary>
    public required int Pid { get; init; }

    /// <summary>Its name (<c>comm</c>).</summary>
    public required string Name { get; init; }

    /// <summary>Its command line when it is QEMU, else null.</summary>
    public QemuCommandLine? Qemu { get; init; }

    /// <summary>Whether its descriptors could be read; without them the command line is all there is.</summary>
    public required bool DescriptorsReadable { get; init; }

    /// <summary>Devices that its descriptors name.</summary>
    public IReadOnlyList<PciAddress> Devices { get; init; } = [];

    /// <summary>For each IOMMU group that it holds, the devices of that group that it could use.</summary>
    public IReadOnlyList<IReadOnlyList<PciAddress>> Groups { get; init; } = [];

    /// <summary>What the process claims; pure.</summary>
    public IReadOnlyList<Claim> Claims()
    {
        if (s_brokers.Contains(Name))
        {
            return [];
        }

        var workload = Qemu?.Workload ?? new Workload
        {
            Kind = WorkloadKind.Process,
            Name = Name,
            ManagedBy = Orchestrator.None,
            Pid = Pid,
        };
        if (!DescriptorsReadable)
        {
            return [.. (Qemu?.Devices ?? []).Distinct().Select(device => new Claim(OwnershipSource.Qemu, workload, device, null))];
        }

        var exact = new SortedSet<PciAddress>(Devices);
        var possible = new SortedSet<PciAddress>();
        foreach (var group in Groups)
        {
            // A group of one needs no further word. Of a larger one, what the kernel says of open devices is the whole truth; else the command
            // line says which of the group the VM was started with, and else nothing does.
            IEnumerable<PciAddress> named = Devices.Any(group.Contains) ? []
                : group.Count == 1 ? group
                : group.Where(device => Qemu is not null && Qemu.Devices.Contains(device));
            exact.UnionWith(named);
            possible.UnionWith(group);
        }

        possible.ExceptWith(exact);
        return
        [
            .. exact.Select(device => new Claim(OwnershipSource.Vfio, workload, device, null)),
            .. possible.Select(device => new Claim(OwnershipSource.Vfio, workload, device, null, IsExact: false)),
        ];
    }
}
