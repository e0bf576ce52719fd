using SriovPulse.Agent.Collectors;
using SriovPulse.Agent.Collectors.Host;
using SriovPulse.Agent.Inventory;
using SriovPulse.Agent.Metrics;
using SriovPulse.Agent.Tests.Ownership;

namespace SriovPulse.Agent.Tests.Collectors.Host;

public sealed class HostCollectorTests : IDisposable
{
    private readonly TestHost _host = new();

    public HostCollectorTests()
    {
        _host.Write("proc/sys/kernel/hostname", "node-17\n");
        _host.Write("proc/sys/kernel/osrelease", "6.12.95-amd64\n");
        _host.Write("etc/machine-id", "0123456789abcdef0123456789abcdef\n");
        _host.Write("proc/meminfo", "MemTotal:       263747536 kB\nMemFree:         1000 kB\nMemAvailable:   241592320 kB\n");
        _host.Write("sys/devices/system/cpu/online", "0-63,128-191\n");
        _host.Write("dev/kvm", "");
    }

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Host_is_told_with_identity_memory_and_cpus() => Assert.Equal(
        """
        sriov_host_info{hostname="node-17",machine_id="0123456789abcdef0123456789abcdef",kernel="6.12.95-amd64",hypervisor="kvm",control_address="node-17:9838"} 1
        sriov_host_memory_total_bytes 270077476864
        sriov_host_memory_available_bytes 247390535680
        sriov_host_cpus 128
        """,
        Collect(new HostCollector(_host.Root, "node-17:9838")));

    [Theory]
    [InlineData("xen\n", true, true, "xen")]
    [InlineData(null, true, true, "kvm")]
    [InlineData(null, false, true, "qemu")]
    [InlineData(null, false, false, "none")]
    public void Hypervisor_is_told_by_what_is_there(string? xen, bool kvm, bool qemu, string expected)
    {
        if (xen is not null)
        {
            _host.Write("sys/hypervisor/type", xen);
        }

        if (!kvm)
        {
            File.Delete(Path.Combine(_host.Root, "dev/kvm"));
        }

        if (qemu)
        {
            Directory.CreateDirectory(_host.StatusFolder);
        }

        Assert.Contains($"hypervisor=\"{expected}\"", Collect(new HostCollector(_host.Root)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_read_is_absent()
    {
        File.Delete(Path.Combine(_host.Root, "proc/meminfo"));
        File.Delete(Path.Combine(_host.Root, "sys/devices/system/cpu/online"));
        File.Delete(Path.Combine(_host.Root, "proc/sys/kernel/osrelease"));
        _host.Write("etc/machine-id", "uninitialized\n");
        Assert.Equal("sriov_host_info{hostname=\"node-17\",hypervisor=\"kvm\"} 1", Collect(new HostCollector(_host.Root)));
    }

    [Fact]
    public void Renamed_host_has_new_labels_and_no_other()
    {
        var collector = new HostCollector(_host.Root);
        Assert.Contains("hostname=\"node-17\"", Collect(collector), StringComparison.Ordinal);
        _host.Write("proc/sys/kernel/hostname", "node-18\n");
        Assert.Contains("hostname=\"node-18\"", Collect(collector), StringComparison.Ordinal);
        _host.Write("proc/sys/kernel/hostname", "n\n");
        Assert.Contains("hostname=\"n\"", Collect(collector), StringComparison.Ordinal);
    }

    [Fact]
    public void Steady_collection_allocates_nothing()
    {
        var collector = new HostCollector(_host.Root);
        var samples = new SampleBuffer(collector.Metrics);
        var context = new CollectionContext(HostInventory.Empty, default, default);
        long allocated = -1;
        for (var i = 0; i < 10; i++)
        {
            samples.Clear();
            var before = GC.GetAllocatedBytesForCurrentThread();
            collector.Collect(context, samples);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
    }

    private static string Collect(HostCollector collector)
    {
        var samples = new SampleBuffer(collector.Metrics);
        Assert.Equal(CollectOutcome.Collected, collector.Collect(new(HostInventory.Empty, default, default), samples));
        return Exposition.Of(samples);
    }
}
