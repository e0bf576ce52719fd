using FsCheck;
using FsCheck.Fluent;
using SriovPulse.Agent.Inventory;
using SriovPulse.Agent.Ownership;
using SriovPulse.Core;

namespace SriovPulse.Agent.Tests.Ownership;

public sealed class OwnerResolverTests
{
    private const string Vf0 = "0000:3b:02.0";
    private const string Vf1 = "0000:3b:02.1";

    private static readonly HostInventory s_inventory = TestHost.Inventory(1,
        [TestHost.Vf(0, Vf0), TestHost.Vf(1, Vf1), TestHost.Vf(2, "0000:3b:02.2", driver: "iavf", netdev: "enp59s0f0v2")]);

    [Fact]
    public void Most_trusted_source_names_the_owner()
    {
        Claim[] claims =
        [
            Claim(OwnershipSource.Kubelet, Pod("pod")),
            Claim(OwnershipSource.Qemu, Vm("a")),
            Claim(OwnershipSource.Libvirt, Vm("b")),
            Claim(OwnershipSource.Vfio, Vm("c")),
        ];
        Assert.Equal(("b", OwnershipSource.Libvirt), Owner(Resolve(claims)));
        Assert.Equal(1, Resolve(claims).Conflicts);
    }

    [Fact]
    public void Sources_that_agree_are_no_conflict()
    {
        var owners = Resolve(
            Claim(OwnershipSource.Vfio, Vm("other name, same uuid", "u1")),
            Claim(OwnershipSource.Libvirt, Vm("a", "u1")),
            Claim(OwnershipSource.Qemu, Vm("a")));
        Assert.Equal(("a", OwnershipSource.Libvirt), Owner(owners));
        Assert.Equal(0, owners.Conflicts);
    }

    [Fact]
    public void Vm_of_KubeVirt_is_told_with_the_namespace_of_its_pod()
    {
        var owners = Resolve(
            Claim(OwnershipSource.Kubelet, Pod("virt-launcher-router-vm-x7k2p", Orchestrator.KubeVirt)),
            Claim(OwnershipSource.Vfio, Vm("router-vm", "u1", Orchestrator.Unknown)));
        Assert.True(owners.TryGetOwner(0, out var owner));
        Assert.Equal(
            (WorkloadKind.VirtualMachine, "router-vm", "u1", "core", "kubevirt", OwnershipSource.Vfio),
            (owner.Workload.Kind, owner.Workload.Name, owner.Workload.Uuid, owner.Workload.Namespace, owner.Workload.ManagedBy, owner.Source));
        Assert.Equal(0, owners.Conflicts);
    }

    [Fact]
    public void Pod_of_KubeVirt_stands_for_its_vm_when_that_cannot_be_seen()
    {
        var owners = Resolve(Claim(OwnershipSource.Kubelet, Pod("virt-launcher-router-vm-x7k2p", Orchestrator.KubeVirt)));
        Assert.True(owners.TryGetOwner(0, out var owner));
        Assert.Equal((WorkloadKind.Pod, "kubevirt", ""), (owner.Workload.Kind, owner.Workload.ManagedBy, owner.Workload.Uuid));
    }

    [Theory]
    [InlineData(WorkloadKind.Process)]
    [InlineData(WorkloadKind.VirtualMachine)]
    public void Process_in_a_pod_is_told_as_the_pod(WorkloadKind kind)
    {
        var owners = Resolve(
            Claim(OwnershipSource.Vfio, Vm("inside") with { Kind = kind }),
            Claim(OwnershipSource.Kubelet, Pod("upf-0")));
        Assert.Equal(("upf-0", OwnershipSource.Kubelet), Owner(owners));
        Assert.Equal(0, owners.Conflicts);
    }

    [Fact]
    public void Process_that_holds_what_libvirt_gave_to_a_vm_is_a_conflict()
    {
        var owners = Resolve(Claim(OwnershipSource.Libvirt, Vm("a")), Claim(OwnershipSource.Vfio, Vm("testpmd") with { Kind = WorkloadKind.Process }));
        Assert.Equal(("a", OwnershipSource.Libvirt), Owner(owners));
        Assert.Equal(1, owners.Conflicts);
    }

    [Fact]
    public void Member_of_a_held_group_is_assigned_without_an_owner()
    {
        var owners = Resolve(Claim(OwnershipSource.Vfio, Vm("a")) with { IsExact = false });
        Assert.False(owners.TryGetOwner(0, out _));
        Assert.Equal(VfUse.Assigned, owners.UseOf(0));
        Assert.Equal(1, owners.Ambiguous);
    }

    [Fact]
    public void Command_line_is_not_believed_about_a_vf_that_a_host_driver_has()
    {
        var address = PciAddress.Parse("0000:3b:02.2");
        var owners = Resolve(Claim(OwnershipSource.Qemu, Vm("a")) with { Address = address });
        Assert.False(owners.TryGetOwner(2, out _));
        Assert.Equal(VfUse.Free, owners.UseOf(2));
    }

    [Fact]
    public void Vf_under_a_guests_macvtap_is_found_by_its_netdev()
    {
        var owners = Resolve(Claim(OwnershipSource.Libvirt, Vm("a")) with { Address = null, Netdev = "enp59s0f0v2" });
        Assert.True(owners.TryGetOwner(2, out var owner));
        Assert.Equal("a", owner.Workload.Name);
    }

    [Theory]
    [InlineData(SourceAccess.Readable, "vfio-pci", null, VfUse.Free)]
    [InlineData(SourceAccess.NotPresent, "vfio-pci", null, VfUse.Free)]
    [InlineData(SourceAccess.Denied, "vfio-pci", null, VfUse.Unknown)]
    [InlineData(SourceAccess.Pending, "mlx5_vfio_pci", null, VfUse.Unknown)]
    [InlineData(SourceAccess.Denied, "", null, VfUse.Free)]
    [InlineData(SourceAccess.Denied, "iavf", "eth7", VfUse.Free)]
    [InlineData(SourceAccess.Readable, "iavf", null, VfUse.Unknown)]
    public void Unclaimed_vf_is_free_only_where_a_claim_would_be_seen(SourceAccess access, string driver, string? netdev, VfUse expected)
    {
        var inventory = TestHost.Inventory(1, [TestHost.Vf(0, Vf0, driver, netdev)]);
        var owners = OwnerResolver.Resolve(inventory, [], [new SourceState(OwnershipSource.Vfio, access, "")]);
        Assert.Equal(expected, owners.UseOf(0));
    }

    [Fact]
    public void Vf_without_a_pci_address_is_free() =>
        Assert.Equal(VfUse.Free, OwnerResolver.Resolve(TestHost.Inventory(1, [TestHost.Vf(0, null, "")]), [], []).UseOf(0));

    [Fact]
    public void Any_order_of_claims_gives_the_same_owners() => Prop.ForAll(ArbitraryClaims(), Gen.Choose(0, int.MaxValue).ToArbitrary(), (claims, seed) =>
    {
        var shuffled = claims.ToArray();
        new System.Random(seed).Shuffle(shuffled);
        return Told(Resolve(claims)).SequenceEqual(Told(Resolve(shuffled)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Owner_is_always_one_of_those_claimed_and_the_vf_then_assigned() => Prop.ForAll(ArbitraryClaims(), claims =>
    {
        var owners = Resolve(claims);
        return Enumerable.Range(0, s_inventory.VirtualFunctionCount).All(ordinal =>
        {
            var address = s_inventory.PhysicalFunctions[0].VirtualFunctions[ordinal].Address;
            var exact = claims.Where(c => c.Address == address && c.IsExact && (ordinal < 2 || c.Source != OwnershipSource.Qemu)).ToList();
            return owners.TryGetOwner(ordinal, out var owner)
                ? exact.Exists(c => c.Source == owner.Source && c.Workload.Name == owner.Workload.Name && c.Workload.Kind == owner.Workload.Kind)
                    && owners.UseOf(ordinal) == VfUse.Assigned
                : exact.Count == 0;
        });
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Word_of_libvirt_is_never_overruled() => Prop.ForAll(ArbitraryClaims(), claims =>
    {
        var owners = Resolve([.. claims, Claim(OwnershipSource.Libvirt, Vm("!first", "u"))]);
        return owners.TryGetOwner(0, out var owner) && owner.Source == OwnershipSource.Libvirt;
    }).QuickCheckThrowOnFailure();

    private static Arbitrary<Claim[]> ArbitraryClaims()
    {
        var workloads = Gen.Elements(
            (OwnershipSource.Libvirt, Vm("a", "u1")), (OwnershipSource.Libvirt, Vm("b", "u2")),
            (OwnershipSource.Vfio, Vm("a", "u1")), (OwnershipSource.Vfio, Vm("c")), (OwnershipSource.Vfio, Vm("p") with { Kind = WorkloadKind.Process }),
            (OwnershipSource.Qemu, Vm("a", "u1")), (OwnershipSource.Qemu, Vm("d", "u4")),
            (OwnershipSource.Kubelet, Pod("upf-0")), (OwnershipSource.Kubelet, Pod("virt-launcher-a-1", Orchestrator.KubeVirt)));
        var claim = from workload in workloads
                    from vf in Gen.Choose(0, 2)
                    from exact in Gen.Elements(true, true, false)
                    select new Claim(workload.Item1, workload.Item2, s_inventory.PhysicalFunctions[0].VirtualFunctions[vf].Address, null, exact);
        return claim.ArrayOf().ToArbitrary();
    }

    private static Claim Claim(OwnershipSource source, Workload workload) => new(source, workload, PciAddress.Parse(Vf0), null);

    private static Workload Vm(string name, string uuid = "", string managedBy = Orchestrator.None) =>
        new() { Kind = WorkloadKind.VirtualMachine, Name = name, Uuid = uuid, ManagedBy = managedBy };

    private static Workload Pod(string name, string managedBy = Orchestrator.Kubernetes) =>
        new() { Kind = WorkloadKind.Pod, Name = name, Namespace = "core", ManagedBy = managedBy };

    private static VfOwners Resolve(params Claim[] claims) => OwnerResolver.Resolve(s_inventory, claims, []);

    private static (string, OwnershipSource) Owner(VfOwners owners) =>
        owners.TryGetOwner(0, out var owner) ? (owner.Workload.Name, owner.Source) : default;

    private static IEnumerable<object?> Told(VfOwners owners)
    {
        for (var i = 0; i < s_inventory.VirtualFunctionCount; i++)
        {
            yield return (owners.TryGetOwner(i, out var owner) ? owner : null, owners.UseOf(i), owners.Conflicts, owners.Ambiguous);
        }
    }
}
