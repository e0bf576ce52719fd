using SriovPulse.Agent.Exposition;
using SriovPulse.Agent.Tests.Exposition;
using SriovPulse.Linux.Interop;
using SriovPulse.Testing.Netlink;

namespace SriovPulse.Agent.Tests.WholeAgent;

/// <summary>PFs that come, go, hang and refuse, and what is told of the others meanwhile.</summary>
public sealed class PhysicalFunctionFaultTests : IDisposable
{
    private readonly ScriptedHost _host = new();
    private readonly ScriptedPf _pf;

    public PhysicalFunctionFaultTests()
    {
        _pf = Add("0000:86:00.0", "ens3f0");
        Add("0000:af:00.0", "ens4f0");
    }

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task Netdev_that_vanishes_between_inventory_and_reading_is_no_failure()
    {
        await _host.CollectAsync();
        _host.Links.Links.Remove(_pf.Link);
        _host.Drivers.Remove("ens3f0");
        var scrape = await _host.CollectAsync();

        scrape.AssertCollectorsSucceed();
        Assert.Equal("0", scrape.Values["""sriov_vf_stats_available{pf="ens3f0",vf="0",reason="read_failed"}"""]);
        Assert.DoesNotContain("""sriov_pf_receive_bytes_total{pf="ens3f0"}""", scrape.Values.Keys);
        Assert.DoesNotContain("""sriov_pf_port_receive_bytes_total{pf="ens3f0"}""", scrape.Values.Keys);
        AssertWhole(scrape, "ens4f0");
    }

    [Fact]
    public async Task Pf_that_is_removed_takes_its_series_along_and_comes_back_whole()
    {
        await _host.CollectAsync();
        _host.Links.Links.Remove(_pf.Link);
        _host.Tree.Remove(_pf.Tree.BusPath);
        var scrape = await _host.CollectAsync();
        Assert.DoesNotContain(scrape.Values.Keys, static series => series.Contains("ens3f0", StringComparison.Ordinal));
        AssertWhole(scrape, "ens4f0");

        _host.Links.Links.Add(_pf.Link);
        _host.Tree.Link(_pf.Tree.BusPath, _pf.Tree.Path);
        scrape = await _host.CollectAsync();
        AssertWhole(scrape, "ens3f0");
        scrape.AssertCollectorsSucceed();
    }

    [Fact]
    public async Task Port_that_refuses_leaves_the_others_alone()
    {
        _pf.Driver.Refusal = static _ => Errno.EBUSY;
        var scrape = await _host.CollectAsync();

        Assert.DoesNotContain("""sriov_pf_port_receive_bytes_total{pf="ens3f0"}""", scrape.Values.Keys);
        Assert.Equal("1", scrape.Values["""sriov_pf_up{pf="ens3f0"}"""]);
        AssertWhole(scrape, "ens4f0");
        scrape.AssertCollectorsSucceed();
    }

    [Fact]
    public async Task What_is_left_out_is_logged_once_and_so_is_its_return()
    {
        _pf.Link.Refusal = static _ => Errno.EBUSY;
        _pf.Driver.Refusal = static _ => Errno.EBUSY;
        _host.GenericNetlink.PortsRefusal = Errno.EBUSY;
        await _host.CollectAsync();
        await _host.CollectAsync();
        Assert.Equal(
            [
                "Warning: link and VFs of ens3f0 cannot be read and will be absent: read link 101: EBUSY (Device or resource busy)",
                "Warning: port counters of ens3f0 cannot be read and will be absent: count the private statistics of ens3f0: Device or resource busy (EBUSY)",
                "Warning: representors of devlink cannot be read and will be absent: list the devlink ports: EBUSY (Device or resource busy)",
            ],
            _host.Log.Lines.Order(StringComparer.Ordinal));

        _pf.Link.Refusal = static _ => 0;
        _pf.Driver.Refusal = static _ => 0;
        _host.GenericNetlink.PortsRefusal = 0;
        await _host.CollectAsync();
        await _host.CollectAsync();
        Assert.Equal(
            [
                "Information: link and VFs of ens3f0 can be read again",
                "Information: port counters of ens3f0 can be read again",
                "Information: representors of devlink can be read again",
            ],
            _host.Log.Lines.Skip(3).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Collector_whose_every_device_refuses_has_failed()
    {
        _host.Drivers["ens3f0"].Refusal = _host.Drivers["ens4f0"].Refusal = static _ => Errno.EBUSY;
        var scrape = await _host.CollectAsync();

        Assert.Equal(["ports"], scrape.FailedCollectors());
        Assert.Equal("7", scrape.Values["""sriov_vf_receive_bytes_total{pf="ens4f0",vf="0"}"""]);
    }

    [Fact]
    public async Task Collector_that_hangs_is_left_out_until_it_comes_back()
    {
        await _host.CollectAsync();
        using var release = new ManualResetEventSlim();
        _host.Drivers.Before = netdev =>
        {
            if (netdev == "ens3f0")
            {
                release.Wait();
            }
        };

        // The first scraper loses patience; those after it do not wait for what hangs.
        await _host.RenderAsync([ExpositionFormat.PrometheusText], TimeSpan.Zero);
        var scrape = await CollectUntilAsync(static failed => failed is ["ports"]);
        Assert.Equal("7", scrape.Values["""sriov_vf_receive_bytes_total{pf="ens3f0",vf="0"}"""]);
        Assert.DoesNotContain(scrape.Values.Keys, static series => series.StartsWith("sriov_pf_port_receive_bytes_total", StringComparison.Ordinal));

        release.Set();
        AssertWhole(await CollectUntilAsync(static failed => failed is []), "ens3f0");
    }

    [Fact]
    public async Task Representors_that_devlink_does_not_tell_are_asked_for_again()
    {
        const string Info = """sriov_vf_info{pf="ens3f0",vf="0",pci_address="0000:86:02.0",mac="02:ff:00:00:00:00",vlan="0",trust="off",spoof_check="on",link_state="auto",""";
        _host.GenericNetlink.Representors.Add(("0000:86:00.0", 0, "ens3f0_0"));
        _host.GenericNetlink.PortsRefusal = Errno.EBUSY;
        var scrape = await _host.CollectAsync();
        scrape.AssertCollectorsSucceed();
        Assert.Contains(Info + """stats_source="rtnetlink"}""", scrape.Values.Keys);

        _host.GenericNetlink.PortsRefusal = 0;
        Assert.Contains(Info + """representor="ens3f0_0",stats_source="rtnetlink"}""", (await _host.CollectAsync()).Values.Keys);
    }

    [Fact]
    public async Task Source_of_the_port_counters_is_not_told_when_they_are_switched_off()
    {
        _host.Options = _host.Options with { Collectors = _host.Options.Collectors.Where(static name => name != "ports").ToHashSet() };
        var scrape = await _host.CollectAsync();

        Assert.DoesNotContain(scrape.Values.Keys, static series => series.Contains("port_stats_source", StringComparison.Ordinal));
        Assert.Contains(scrape.Values.Keys, static series => series.StartsWith("sriov_pf_info", StringComparison.Ordinal));
    }

    private ScriptedPf Add(string address, string netdev)
    {
        var pf = _host.AddPf(address, netdev, "ice", 1, static vf => VfReply.Counting(vf, 7, 7, 7, 7));
        pf.Driver.Statistics.AddRange([("rx_bytes.nic", 70), ("tx_bytes.nic", 70)]);
        return pf;
    }

    private async Task<ExpositionDocument> CollectUntilAsync(Func<string[], bool> wanted)
    {
        for (var attempt = 0; attempt < 1000; attempt++)
        {
            var scrape = await _host.CollectAsync();
            if (wanted(scrape.FailedCollectors()))
            {
                return scrape;
            }

            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException("the collectors never got there");
    }

    private static void AssertWhole(ExpositionDocument scrape, string pf)
    {
        Assert.Equal("7", scrape.Values[$$"""sriov_vf_receive_bytes_total{pf="{{pf}}",vf="0"}"""]);
        Assert.Equal("1", scrape.Values[$$"""sriov_pf_up{pf="{{pf}}"}"""]);
        Assert.Equal("70", scrape.Values[$$"""sriov_pf_port_receive_bytes_total{pf="{{pf}}"}"""]);
    }
}
