using SriovPulse.Linux.Files;
using SriovPulse.Linux.Sysfs;
using SriovPulse.Testing.Trees;

namespace SriovPulse.Linux.Tests.Sysfs;

public sealed class SriovTopologyTests : IDisposable
{
    private readonly HostTree _tree = new();
    private readonly PciBus _bus;
    private readonly SriovTopology _topology;

    public SriovTopologyTests()
    {
        _bus = new PciBus(_tree.Open());
        _topology = new SriovTopology(_bus);
    }

    public void Dispose()
    {
        _bus.Dispose();
        _tree.Dispose();
    }

    [Fact]
    public void Pfs_and_their_vfs_are_found_among_all_functions()
    {
        _tree.AddFunction("0000:00:1f.6");
        _tree.AddPf("0000:af:00.0", totalVfs: 16, vfs: 2);
        _tree.AddPf("0000:3b:00.0", totalVfs: 8);
        Assert.Equal(ReadStatus.Ok, _topology.Read());
        Assert.Equal(["0000:3b:00.0 8 0", "0000:af:00.0 16 2"], Found());
    }

    [Fact]
    public void Pf_is_found_also_when_its_number_of_vfs_cannot_be_read()
    {
        _tree.AddPf("0000:3b:00.0", vfs: 1).Write("sriov_totalvfs", "?\n");
        _topology.Read();
        var pf = Assert.Single(_topology.PhysicalFunctions);
        Assert.Equal(ReadStatus.Malformed, pf.SupportedVfs.Status);
        Assert.Equal(1, pf.VirtualFunctions.Length);
    }

    [Fact]
    public void Changes_are_seen_at_the_next_look()
    {
        var first = _tree.AddPf("0000:3b:00.0", vfs: 4);
        _topology.Read();
        Assert.Equal(["0000:3b:00.0 8 4"], Found());
        first.RemoveVf(3);
        first.RemoveVf(2);
        _tree.AddPf("0000:3c:00.0", vfs: 1);
        _topology.Read();
        Assert.Equal(["0000:3b:00.0 8 2", "0000:3c:00.0 8 1"], Found());
        _tree.Remove(first.BusPath);
        _topology.Read();
        Assert.Equal(["0000:3c:00.0 8 1"], Found());
        _tree.AddPf("0000:01:00.0", vfs: 3);
        _topology.Read();
        Assert.Equal(["0000:01:00.0 8 3", "0000:3c:00.0 8 1"], Found());
    }

    [Fact]
    public void Host_without_pci_has_no_pfs()
    {
        _tree.Remove("sys/bus");
        Assert.Equal(ReadStatus.Missing, _topology.Read());
        Assert.Empty(_topology.PhysicalFunctions);
    }

    [Fact]
    public async Task Vfs_come_and_go_during_looks()
    {
        var pf = _tree.AddPf("0000:3b:00.0", totalVfs: 64, vfs: 64);
        using var stop = new CancellationTokenSource();
        var changes = 0;
        var churn = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                for (var i = 32; i < 64; i++)
                {
                    pf.RemoveVf(i);
                }

                for (var i = 32; i < 64; i++)
                {
                    pf.AddVf(i);
                }

                Interlocked.Increment(ref changes);
            }
        });
        for (var looks = 0; looks < 300 || Volatile.Read(ref changes) < 3; looks++)
        {
            Assert.Equal(ReadStatus.Ok, _topology.Read());
            var found = Assert.Single(_topology.PhysicalFunctions);
            var indexes = found.VirtualFunctions.ToArray().Select(v => v.Index).ToList();

            // Those that stay are always there, once each and in order; a listing does not see what changes meanwhile.
            Assert.Equal(Enumerable.Range(0, 32), indexes.Take(32));
            Assert.Equal(indexes.Distinct().Order(), indexes);
            Assert.All(found.VirtualFunctions.ToArray(), v => Assert.Equal(pf.Address.VirtualFunction(v.Index, 128, 2), v.Address));
        }

        await stop.CancelAsync();
        await churn;
    }

    [Fact]
    public void Repeated_looks_allocate_nothing()
    {
        for (var i = 0; i < 4; i++)
        {
            _tree.AddPf($"0000:{0x10 + (i * 4):x2}:00.0", totalVfs: 64, vfs: 64);
        }

        long Allocated()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            _topology.Read();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Allocated();
        Allocated();
        Assert.Equal(0, Allocated());
        Assert.Equal(4, _topology.PhysicalFunctions.Count);
    }

    private IEnumerable<string> Found() =>
        _topology.PhysicalFunctions.Select(pf => $"{pf.Address} {pf.SupportedVfs.Value} {pf.VirtualFunctions.Length}");
}
