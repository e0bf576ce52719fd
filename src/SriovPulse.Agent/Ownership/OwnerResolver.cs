using SriovPulse.Agent.Inventory;
using SriovPulse.Core;
using SriovPulse.Linux.Vfio;

namespace SriovPulse.Agent.Ownership;

/// <summary>
/// Makes one owner per VF of what the sources say. The most trusted source wins: libvirt, then a VM found by its descriptors, then a VM found by
/// its command line, then the kubelet, then any other process. Two of these speak of one workload at different depths and are joined instead:
/// a process inside a pod is told as the pod, unless it is KubeVirt's VM, which is told as the VM with the pod's namespace.
/// </summary>
public static class OwnerResolver
{
    /// <summary>Resolves; pure.</summary>
    public static VfOwners Resolve(HostInventory inventory, IReadOnlyList<Claim> claims, IReadOnlyList<SourceState> sources)
    {
        var byVf = GroupByVf(inventory, claims);
        var owners = new VfOwner?[inventory.VirtualFunctionCount];
        var uses = new VfUse[inventory.VirtualFunctionCount];
        var conflicts = 0;
        var ambiguous = 0;
        foreach (var pf in inventory.PhysicalFunctions)
        {
            foreach (var vf in pf.VirtualFunctions)
            {
                var candidates = byVf[vf.Ordinal];
                if (candidates is null)
                {
                    uses[vf.Ordinal] = UnclaimedUse(vf, sources);
                    continue;
                }

                uses[vf.Ordinal] = VfUse.Assigned;
                candidates.RemoveAll(static claim => !claim.IsExact);
                if (candidates.Count == 0)
                {
                    ambiguous++;
                    continue;
                }

                candidates.Sort(static (a, b) => Compare(a, b));
                owners[vf.Ordinal] = Choose(candidates);
                conflicts += IsConflict(candidates) ? 1 : 0;
            }
        }

        return new VfOwners(inventory, owners, uses, conflicts, ambiguous, sources);
    }

    private static List<Claim>?[] GroupByVf(HostInventory inventory, IReadOnlyList<Claim> claims)
    {
        var byAddress = new Dictionary<PciAddress, VirtualFunction>(inventory.VirtualFunctionCount);
        var byNetdev = new Dictionary<string, VirtualFunction>(StringComparer.Ordinal);
        foreach (var pf in inventory.PhysicalFunctions)
        {
            foreach (var vf in pf.VirtualFunctions)
            {
                if (vf.Address is { } address)
                {
                    byAddress[address] = vf;
                }

                if (vf.Netdev is not null)
                {
                    byNetdev[vf.Netdev] = vf;
                }
            }
        }

        var grouped = new List<Claim>?[inventory.VirtualFunctionCount];
        foreach (var claim in claims)
        {
            VirtualFunction? vf = null;
            if (claim.Address is { } address)
            {
                byAddress.TryGetValue(address, out vf);
            }
            else if (claim.Netdev is not null)
            {
                byNetdev.TryGetValue(claim.Netdev, out vf);
            }

            // A command line still names a VF that was unplugged since and given back to a host driver.
            if (vf is not null && (claim.Source != OwnershipSource.Qemu || vf.Driver.Length == 0 || VfioDevices.IsVfioDriver(vf.Driver)))
            {
                (grouped[vf.Ordinal] ??= []).Add(claim);
            }
        }

        return grouped;
    }

    private static VfOwner Choose(List<Claim> claims)
    {
        var best = claims[0];
        if (best.Source == OwnershipSource.Libvirt)
        {
            return new VfOwner(best.Workload, best.Source);
        }

        var pod = claims.Find(static claim => claim.Workload.Kind == WorkloadKind.Pod);
        if (pod is null || best == pod)
        {
            return new VfOwner(best.Workload, best.Source);
        }

        // Kata and the like also run QEMU in a pod; there the pod is what users know. KubeVirt's VM has a name of its own.
        return best.Workload.Kind == WorkloadKind.VirtualMachine && pod.Workload.ManagedBy == Orchestrator.KubeVirt
            ? new VfOwner(best.Workload with { Namespace = pod.Workload.Namespace, ManagedBy = Orchestrator.KubeVirt }, best.Source)
            : new VfOwner(pod.Workload, pod.Source);
    }

    private static bool IsConflict(List<Claim> claims)
    {
        var best = claims[0];
        Claim? pod = null;
        foreach (var claim in claims)
        {
            if (!CanBeOne(best, claim) || (pod is not null && claim.Workload.Kind == WorkloadKind.Pod && !CanBeOne(pod, claim)))
            {
                return true;
            }

            pod = claim.Workload.Kind == WorkloadKind.Pod ? claim : pod;
        }

        return false;
    }

    /// <summary>Whether two claims can both be true; <paramref name="a"/> is the more trusted.</summary>
    private static bool CanBeOne(Claim a, Claim b)
    {
        var (first, second) = (a.Workload, b.Workload);
        return (first.Kind, second.Kind) switch
        {
            (WorkloadKind.VirtualMachine, WorkloadKind.VirtualMachine) => first.Uuid.Length > 0 && second.Uuid.Length > 0
                ? first.Uuid == second.Uuid
                : first.Name == second.Name,
            (WorkloadKind.Pod, WorkloadKind.Pod) => first.Name == second.Name && first.Namespace == second.Namespace,

            // Descriptors are inherited and passed on: a DPDK program's secondary processes hold what the first one holds.
            (WorkloadKind.Process, WorkloadKind.Process) => true,
            _ => a.Source != OwnershipSource.Libvirt,
        };
    }

    private static VfUse UnclaimedUse(VirtualFunction vf, IReadOnlyList<SourceState> sources)
    {
        if (vf.Address is null || vf.Netdev is not null)
        {
            return VfUse.Free;
        }

        if (vf.Driver.Length == 0)
        {
            return VfUse.Free;
        }

        if (!VfioDevices.IsVfioDriver(vf.Driver))
        {
            // The driver has made a netdev that this namespace does not see (or it is no network driver): somebody may be using it.
            return VfUse.Unknown;
        }

        foreach (var state in sources)
        {
            if (state.Access is not (SourceAccess.Readable or SourceAccess.NotPresent))
            {
                return VfUse.Unknown;
            }
        }

        return VfUse.Free;
    }

    private static int Compare(Claim a, Claim b)
    {
        var order = Rank(a).CompareTo(Rank(b));
        order = order != 0 ? order : string.CompareOrdinal(a.Workload.Namespace, b.Workload.Namespace);
        order = order != 0 ? order : string.CompareOrdinal(a.Workload.Name, b.Workload.Name);
        order = order != 0 ? order : string.CompareOrdinal(a.Workload.Uuid, b.Workload.Uuid);
        return order != 0 ? order : a.Workload.Pid.CompareTo(b.Workload.Pid);
    }

    private static int Rank(Claim claim) => (claim.Source, claim.Workload.Kind) switch
    {
        (OwnershipSource.Libvirt, _) => 0,
        (OwnershipSource.Vfio, WorkloadKind.VirtualMachine) => 1,
        (OwnershipSource.Qemu, _) => 2,
        (OwnershipSource.Kubelet, _) => 3,
        _ => 4,
    };
}
