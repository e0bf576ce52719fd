using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using SriovPulse.Agent.Collectors;
using SriovPulse.Agent.Collectors.Workloads;
using SriovPulse.Agent.Inventory;
using SriovPulse.Agent.Metrics;
using SriovPulse.Agent.Ownership;
using SriovPulse.Agent.Tests.Ownership;

namespace SriovPulse.Agent.Tests.Collectors.Workloads;

public sealed class WorkloadCollectorTests : IDisposable
{
    private readonly TestHost _host = new();
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow.AddMinutes(1));

    public WorkloadCollectorTests()
    {
        _host.Process(1, "systemd");
        _host.Process(2, "kthreadd", kernelThread: true);
        _host.WriteStatusFixture("openstack");
        _host.Process(4242, "qemu-system-x86");
        _host.Device("0000:3b:02.0", "vfio-pci", 10);
        _host.Process(100, "dpdk-testpmd", ["/dev/vfio/10"]);
    }

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Owners_are_told_with_what_a_planner_needs() => Assert.Equal(
        """
        sriov_vf_workload_info{pf="eth0",vf="0",kind="process",name="dpdk-testpmd",managed_by="none",source="vfio"} 1
        sriov_vf_workload_info{pf="eth0",vf="1",kind="vm",name="instance-0000002a",uuid="9c1f8f0e-2d4e-4c9b-9a55-3b1a0b8e0f01",managed_by="openstack",source="libvirt"} 1
        sriov_workload_memory_bytes{uuid="9c1f8f0e-2d4e-4c9b-9a55-3b1a0b8e0f01"} 8589934592
        sriov_workload_vcpus{uuid="9c1f8f0e-2d4e-4c9b-9a55-3b1a0b8e0f01"} 3
        sriov_workload_label_info{uuid="9c1f8f0e-2d4e-4c9b-9a55-3b1a0b8e0f01",label_openstack_flavor="sriov.large",label_tier="gold"} 1
        sriovpulse_agent_ownership_source_readable{source="libvirt"} 1
        sriovpulse_agent_ownership_source_readable{source="vfio"} 1
        sriovpulse_agent_ownership_source_readable{source="qemu"} 1
        sriovpulse_agent_ownership_conflicts 0
        sriovpulse_agent_ownership_ambiguous_vfs 0
        """,
        Collect(Collector(new() { Labels = ["tier", "openstack_flavor"] }), Vfs()));

    [Fact]
    public void Source_that_cannot_be_read_is_told_with_the_reason()
    {
        _host.WriteStatus("broken", "<domstatus>");
        Assert.Contains("sriovpulse_agent_ownership_source_readable{source=\"libvirt\",reason=\"malformed\"} 0", Collect(Collector(new()), Vfs()), StringComparison.Ordinal);
    }

    [Fact]
    public void Vms_series_are_told_once_when_it_owns_several_vfs()
    {
        _host.WriteStatusFixture("network-pool");
        _host.Process(5151, "qemu-system-x86");
        var text = Collect(Collector(new()), _host.Inventory(TestHost.Vf(0, "0001:3b:02.2"), TestHost.Vf(1, "0000:3b:02.3")));
        Assert.Equal(2, text.Split("sriov_vf_workload_info{").Length - 1);
        Assert.Equal(1, text.Split("sriov_workload_memory_bytes{").Length - 1);
        Assert.DoesNotContain("sriov_workload_label_info", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Vanished_owners_series_vanish()
    {
        var (collector, inventory) = (Collector(new()), Vfs());
        Assert.Contains("instance-0000002a", Collect(collector, inventory), StringComparison.Ordinal);
        File.Delete(Path.Combine(_host.StatusFolder, "openstack.xml"));
        Assert.DoesNotContain("9c1f8f0e", Collect(collector, inventory), StringComparison.Ordinal);
    }

    [Fact]
    public void Host_without_vfs_has_no_data()
    {
        var collector = Collector(new());
        var samples = new SampleBuffer(collector.Metrics);
        Assert.Equal(CollectOutcome.NoData, collector.Collect(new(HostInventory.Empty, _clock.GetUtcNow(), default), samples));
    }

    [Fact]
    public void Steady_collection_allocates_nothing()
    {
        Directory.SetLastWriteTimeUtc(_host.StatusFolder, DateTime.UnixEpoch.AddYears(50));

        // Longer than any test takes, so that no look at the processes falls into it.
        var options = new OwnershipOptions { Patience = TimeSpan.FromSeconds(30), RefreshInterval = TimeSpan.FromDays(1) };
        var collector = new WorkloadCollector(new OwnershipCache(_host.Root, options, TimeProvider.System, NullLogger<OwnershipCache>.Instance), options);
        var inventory = Vfs();
        var samples = new SampleBuffer(collector.Metrics);
        long allocated = -1;
        for (var i = 0; i < 10; i++)
        {
            var context = new CollectionContext(inventory, DateTimeOffset.UnixEpoch.AddSeconds(i), default);
            samples.Clear();
            var before = GC.GetAllocatedBytesForCurrentThread();
            collector.Collect(context, samples);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
        Assert.Contains("instance-0000002a", Exposition.Of(samples), StringComparison.Ordinal);
    }

    private WorkloadCollector Collector(OwnershipOptions options)
    {
        options = options with { Patience = TimeSpan.FromSeconds(1) };
        return new(new OwnershipCache(_host.Root, options, _clock, NullLogger<OwnershipCache>.Instance), options);
    }

    private HostInventory Vfs() => _host.Inventory(TestHost.Vf(0, "0000:3b:02.0"), TestHost.Vf(1, "0000:3b:02.1"));

    private string Collect(WorkloadCollector collector, HostInventory inventory)
    {
        _clock.Advance(TimeSpan.FromSeconds(1));
        var samples = new SampleBuffer(collector.Metrics);
        collector.Collect(new(inventory, _clock.GetUtcNow(), default), samples);
        return Exposition.Of(samples);
    }
}
