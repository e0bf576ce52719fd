using SriovPulse.Core;

namespace SriovPulse.Agent.Ownership.Libvirt;

/// <summary>What a domain's XML says about the VM and the devices passed to it.</summary>
/// <param name="Workload">The VM.</param>
/// <param name="Pid">Id of its process, from the status file; 0 in a plain domain XML.</param>
/// <param name="Addresses">PCI devices passed through.</param>
/// <param name="Netdevs">Host netdevs that macvtap in pass-through mode gives to this VM alone.</param>
public sealed record LibvirtDomain(Workload Workload, int Pid, IReadOnlyList<PciAddress> Addresses, IReadOnlyList<string> Netdevs)
{
    /// <summary>The domain's claims.</summary>
    public IEnumerable<Claim> Claims() =>
    [
        .. Addresses.Select(address => new Claim(OwnershipSource.Libvirt, Workload, address, null)),
        .. Netdevs.Select(netdev => new Claim(OwnershipSource.Libvirt, Workload, null, netdev)),
    ];
}
