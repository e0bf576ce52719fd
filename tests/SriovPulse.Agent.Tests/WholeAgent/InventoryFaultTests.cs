using SriovPulse.Linux.Interop;
using SriovPulse.Linux.Netlink;
using SriovPulse.Testing.Netlink;

namespace SriovPulse.Agent.Tests.WholeAgent;

/// <summary>The list of PFs and VFs while the kernel will not tell its netdevs.</summary>
public sealed class InventoryFaultTests : IDisposable
{
    private const string Bytes = """sriov_vf_receive_bytes_total{pf="ens3f0",vf="0"}""";
    private const string Enabled = """sriov_pf_vfs_enabled{pf="ens3f0"}""";

    private readonly ScriptedHost _host = new();
    private readonly ScriptedPf _pf;

    public InventoryFaultTests() => _pf = _host.AddPf("0000:86:00.0", "ens3f0", "ice", 1, static vf => VfReply.Counting(vf, 7, 7, 7, 7));

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task Interrupted_dump_is_tried_again()
    {
        _host.Links.InterruptedDumps = NetlinkSession.DumpAttempts - 1;
        var scrape = await _host.CollectAsync();

        scrape.AssertCollectorsSucceed();
        Assert.Equal("7", scrape.Values[Bytes]);
        Assert.Equal(NetlinkSession.DumpAttempts, _host.Links.Dumps);
    }

    [Fact]
    public async Task Dump_that_is_always_interrupted_leaves_what_the_files_tell_and_is_tried_again_at_the_next_collection()
    {
        _host.Links.InterruptedDumps = NetlinkSession.DumpAttempts;
        var scrape = await _host.CollectAsync();

        Assert.Equal(["inventory"], scrape.FailedCollectors());
        Assert.Equal("1", scrape.Values[Enabled]);
        Assert.Equal("0", scrape.Values["""sriov_vf_stats_available{pf="ens3f0",vf="0",reason="no_source"}"""]);

        scrape = await _host.CollectAsync();
        scrape.AssertCollectorsSucceed();
        Assert.Equal("7", scrape.Values[Bytes]);
    }

    [Fact]
    public async Task Change_that_is_found_while_the_dump_fails_is_not_lost()
    {
        await _host.CollectAsync();
        _pf.Tree.AddVf(1);
        _pf.Link.Reply = _pf.Link.Reply with { NumVfs = 2 };
        _host.Links.DumpRefusal = static _ => Errno.EBUSY;
        var scrape = await _host.CollectAsync();

        // Netdevs are those known before, so the new VF is counted by them.
        Assert.Equal(["inventory"], scrape.FailedCollectors());
        Assert.Equal("2", scrape.Values[Enabled]);
        Assert.Equal("7", scrape.Values["""sriov_vf_receive_bytes_total{pf="ens3f0",vf="1"}"""]);

        _host.Links.DumpRefusal = static _ => 0;
        (await _host.CollectAsync()).AssertCollectorsSucceed();
    }

    [Fact]
    public async Task Vfs_that_go_take_their_series_along()
    {
        await _host.CollectAsync();
        _pf.Tree.RemoveVf(0);
        _pf.Link.Reply = _pf.Link.Reply with { NumVfs = 0 };
        var scrape = await _host.CollectAsync();

        Assert.Equal("0", scrape.Values[Enabled]);
        Assert.DoesNotContain(scrape.Values.Keys, static series => series.StartsWith("sriov_vf_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_pfs_never_share_a_label()
    {
        // The kernel's ens3f0 belongs to the PF above; a file of another root gives the name to a PF that this kernel does not show a netdev of.
        _host.Tree.AddPf("0000:d8:00.0").Write("net/ens3f0/ifindex", "3\n");
        var scrape = await _host.CollectAsync();

        Assert.Equal("1", scrape.Values[Enabled]);
        Assert.Equal("0", scrape.Values["""sriov_pf_vfs_enabled{pf="0000:d8:00.0"}"""]);
    }

    [Fact]
    public async Task Interfaces_that_could_be_opened_are_all_told()
    {
        var scrape = await _host.CollectAsync();

        foreach (var name in (string[])["rtnetlink", "rtnetlink-inventory", "ethtool-ioctl", "ethtool-netlink", "devlink", "devlink-ports"])
        {
            Assert.Equal("1", scrape.Values[$$"""sriovpulse_agent_kernel_interface_available{interface="{{name}}"}"""]);
        }
    }
}
