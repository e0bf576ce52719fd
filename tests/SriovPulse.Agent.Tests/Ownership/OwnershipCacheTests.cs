using Microsoft.Extensions.Time.Testing;
using SriovPulse.Agent.Collectors;
using SriovPulse.Agent.Inventory;
using SriovPulse.Agent.Ownership;
using SriovPulse.Agent.Tests.Ownership.Kubernetes;

namespace SriovPulse.Agent.Tests.Ownership;

public sealed class OwnershipCacheTests : IDisposable
{
    private readonly TestHost _host = new();
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow.AddMinutes(1));
    private readonly RecordingLogger<OwnershipCache> _log = new();

    public OwnershipCacheTests()
    {
        _host.Process(1, "systemd");
        _host.Process(2, "kthreadd", kernelThread: true);
        _host.Device("0000:3b:02.0", "vfio-pci", 10);
        _host.Device("0000:3b:02.1", "vfio-pci", 11);
    }

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Owners_of_all_sources_are_there_at_the_first_collection()
    {
        _host.WriteStatusFixture("openstack");
        _host.Process(4242, "qemu-system-x86");
        _host.Process(100, "dpdk-testpmd", ["/dev/vfio/10"]);
        var owners = Get(Cache(), Vfs());
        Assert.Equal(["dpdk-testpmd/Vfio", "instance-0000002a/Libvirt"], Told(owners));
        Assert.Equal(
            [SourceAccess.Readable, SourceAccess.Readable, SourceAccess.Readable, SourceAccess.NotPresent],
            owners.Sources.Select(s => s.Access));
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public void Same_collection_gets_the_same_owners_whoever_asks()
    {
        var (cache, inventory) = (Cache(), Vfs());
        var context = new CollectionContext(inventory, _clock.GetUtcNow(), default);
        var owners = cache.Get(context);
        _host.WriteStatusFixture("openstack");
        _host.Process(4242, "qemu-system-x86");
        Assert.Same(owners, cache.Get(context));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["-", "instance-0000002a/Libvirt"], Told(Get(cache, inventory)));
    }

    [Fact]
    public async Task Unchanged_host_gives_the_very_same_object()
    {
        _host.WriteStatusFixture("openstack");
        _host.Process(4242, "qemu-system-x86");
        _host.Process(100, "dpdk-testpmd", ["/dev/vfio/10"]);
        var (cache, inventory) = (Cache(), Vfs());
        var owners = Get(cache, inventory);
        for (var i = 0; i < 50; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(15));
            Assert.Same(owners, Get(cache, inventory));
            await Task.Delay(2);
        }
    }

    [Fact]
    public async Task Processes_are_looked_at_again_after_the_interval()
    {
        var (cache, inventory) = (Cache(), Vfs());
        Assert.Equal(["-", "-"], Told(Get(cache, inventory)));
        _host.Process(100, "dpdk-testpmd", ["/dev/vfio/10"]);
        _clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(["-", "-"], Told(Get(cache, inventory)));
        _clock.Advance(TimeSpan.FromSeconds(1));

        // The look is beside the collections, so one of the next ones has it.
        await UntilAsync(cache, inventory, ["dpdk-testpmd/Vfio", "-"]);
    }

    [Fact]
    public void Changed_vfs_have_processes_looked_at_at_once()
    {
        var cache = Cache();
        Get(cache, Vfs());
        _host.Process(100, "dpdk-testpmd", ["/dev/vfio/10"]);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["dpdk-testpmd/Vfio", "-"], Told(Get(cache, Vfs())));
    }

    [Fact]
    public async Task Late_holder_is_found_while_a_vf_has_no_owner()
    {
        var (cache, inventory) = (Cache(), Vfs());
        _host.Process(200, "ovs-vswitchd");
        for (var i = 0; i < 6; i++)
        {
            Get(cache, inventory);
            _clock.Advance(TimeSpan.FromSeconds(31));
        }

        _host.Process(200, "ovs-vswitchd", ["/dev/vfio/11"]);
        _clock.Advance(TimeSpan.FromMinutes(2));
        await UntilAsync(cache, inventory, ["-", "ovs-vswitchd/Vfio"]);
    }

    [Fact]
    public async Task Hanging_kubelet_holds_up_nothing_and_is_told()
    {
        await using var kubelet = await FakeKubelet.StartAsync(_host.KubeletSocket);
        kubelet.Hangs = true;
        _host.Process(100, "dpdk-testpmd", ["/dev/vfio/10"]);
        var (cache, inventory) = (Cache(patience: TimeSpan.Zero, deadline: TimeSpan.FromSeconds(5)), Vfs());
        await UntilAsync(cache, inventory, ["dpdk-testpmd/Vfio", "-"]);
        await Eventually.HoldsAsync(() => kubelet.Calls == 1);
        Assert.Equal(SourceAccess.Pending, Get(cache, inventory).Sources[3].Access);

        // Not known to be free as long as the kubelet has not said so.
        Assert.Equal(VfUse.Unknown, Get(cache, inventory).UseOf(1));
        _clock.Advance(TimeSpan.FromSeconds(6));
        await UntilAsync(cache, inventory, owners => owners.Sources[3].Access == SourceAccess.TimedOut);
        Assert.Single(_log.Lines, line => line.Contains("kubelet (timeout)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pods_appear_and_vanish_with_the_kubelets_answers()
    {
        await using var kubelet = await FakeKubelet.StartAsync(_host.KubeletSocket);
        kubelet.Reply.PodResources.Add(FakeKubelet.Pod("upf-0", "core", "0000:3b:02.1"));
        var (cache, inventory) = (Cache(), Vfs());
        await UntilAsync(cache, inventory, ["-", "upf-0/Kubelet"]);
        kubelet.Reply = new();
        _clock.Advance(TimeSpan.FromSeconds(30));
        await UntilAsync(cache, inventory, ["-", "-"]);
        kubelet.Status = 14;
        _clock.Advance(TimeSpan.FromSeconds(30));
        await UntilAsync(cache, inventory, owners => owners.Sources[3].Access == SourceAccess.Failed);
        Assert.Equal(VfUse.Unknown, Get(cache, inventory).UseOf(1));
    }

    [Fact]
    public void Trouble_is_logged_once_and_names_the_file()
    {
        _host.WriteStatus("broken", "<domstatus>");
        var (cache, inventory) = (Cache(), Vfs());
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(SourceAccess.Malformed, Get(cache, inventory).Sources[0].Access);
            _host.WriteStatus("broken", "<domstatus>" + new string(' ', i));
            _clock.Advance(TimeSpan.FromSeconds(31));
        }

        Assert.Contains(Path.Combine(_host.StatusFolder, "broken.xml") + ":1:", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void Processes_are_left_alone_when_no_vf_is_bound_to_a_vfio_driver()
    {
        _host.Process(100, "dpdk-testpmd", ["/dev/vfio/10"]);
        var owners = Get(Cache(), _host.Inventory(TestHost.Vf(0, "0000:3b:02.0", "iavf", "eth7")));
        Assert.Equal(["-"], Told(owners));
        Assert.Equal(SourceAccess.NotPresent, owners.Sources[1].Access);
    }

    [Fact]
    public void Sources_that_are_switched_off_are_not_read()
    {
        _host.WriteStatusFixture("openstack");
        _host.Process(4242, "qemu-system-x86", ["/dev/vfio/10"]);
        var cache = new OwnershipCache(_host.Root, new() { Libvirt = false, Processes = false, Kubelet = false }, _clock, _log);
        var owners = Get(cache, Vfs());
        Assert.Equal(["-", "-"], Told(owners));
        Assert.All(owners.Sources, s => Assert.Equal(SourceAccess.NotPresent, s.Access));
    }

    [Fact]
    public void Host_without_vfs_asks_nothing()
    {
        _host.WriteStatus("broken", "<domstatus>");
        var owners = Get(Cache(), HostInventory.Empty);
        Assert.Empty(owners.Sources);
        Assert.Empty(_log.Lines);
    }

    private HostInventory Vfs() => _host.Inventory(TestHost.Vf(0, "0000:3b:02.0"), TestHost.Vf(1, "0000:3b:02.1"));

    // The clock of these tests stands still while a collection waits, so it waits for as long as the sources take.
    // And it runs ahead of reads that are under way, which are no late ones for that.
    private OwnershipCache Cache(TimeSpan? patience = null, TimeSpan? deadline = null) => new(
        _host.Root,
        new() { Patience = patience ?? TimeSpan.FromSeconds(1), Deadline = deadline ?? TimeSpan.FromDays(1) },
        _clock,
        _log);

    private VfOwners Get(OwnershipCache cache, HostInventory inventory)
    {
        _clock.Advance(TimeSpan.FromTicks(1));
        return cache.Get(new(inventory, _clock.GetUtcNow(), default));
    }

    private Task UntilAsync(OwnershipCache cache, HostInventory inventory, string[] told) =>
        UntilAsync(cache, inventory, owners => Told(owners).SequenceEqual(told));

    private async Task UntilAsync(OwnershipCache cache, HostInventory inventory, Func<VfOwners, bool> condition) =>
        await Eventually.HoldsAsync(() => condition(Get(cache, inventory)));

    private static IEnumerable<string> Told(VfOwners owners)
    {
        for (var i = 0; i < owners.Inventory.VirtualFunctionCount; i++)
        {
            yield return owners.TryGetOwner(i, out var owner) ? $"{owner.Workload.Name}/{owner.Source}" : "-";
        }
    }
}
