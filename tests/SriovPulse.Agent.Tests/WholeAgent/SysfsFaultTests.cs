using SriovPulse.Agent.Collectors;
using SriovPulse.Agent.VfStatistics;
using SriovPulse.Core;
using SriovPulse.Testing;

namespace SriovPulse.Agent.Tests.WholeAgent;

/// <summary>Attributes that are denied, malformed or missing: told apart, and never a reason to lose the others.</summary>
public sealed class SysfsFaultTests : IDisposable
{
    private readonly ScriptedHost _host = new();
    private readonly ScriptedPf _pf;

    // A driver whose rtnetlink counters are zeros that mean nothing, so the files are all there is.
    public SysfsFaultTests()
    {
        _pf = _host.AddPf("0000:86:00.0", "ens3f0", "bnxt_en", 3);
        for (var vf = 0; vf < 3; vf++)
        {
            _pf.Tree.WriteVendorFile(vf, Counters());
        }
    }

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task Denied_malformed_and_missing_are_told_apart()
    {
        await _host.CollectAsync();
        Deny(0);
        _pf.Tree.Write("sriov/1/stats", "no counters at all\n");

        Assert.Equal([VfStatisticsReason.Denied, VfStatisticsReason.ReadFailed, VfStatisticsReason.None], ReadUnprivileged());

        // A tree that has told once stays the source, also when no VF has counters in it for the moment.
        _pf.Tree.Remove("sriov/2");
        Assert.Equal([VfStatisticsReason.Denied, VfStatisticsReason.ReadFailed, VfStatisticsReason.MissingInReply], ReadUnprivileged());
    }

    [Fact]
    public async Task Vf_that_the_tree_lacks_is_missing()
    {
        _pf.Tree.Remove("sriov/1");
        var scrape = await _host.CollectAsync();

        Assert.Equal("0", scrape.Values["""sriov_vf_stats_available{pf="ens3f0",vf="1",reason="missing_in_reply"}"""]);
        Assert.Equal("8", scrape.Values["""sriov_vf_receive_bytes_total{pf="ens3f0",vf="2"}"""]);
    }

    [Fact]
    public async Task Files_that_are_all_denied_are_told_as_denied_and_not_as_a_driver_without_counters()
    {
        await _host.CollectAsync();
        for (var vf = 0; vf < 3; vf++)
        {
            Deny(vf);
        }

        Assert.Equal([VfStatisticsReason.Denied, VfStatisticsReason.Denied, VfStatisticsReason.Denied], ReadUnprivileged());
    }

    [Fact]
    public async Task Files_that_are_all_malformed_are_told_as_unreadable()
    {
        for (var vf = 0; vf < 3; vf++)
        {
            _pf.Tree.Write($"sriov/{vf}/stats", "rx_bytes : many\n");
        }

        var scrape = await _host.CollectAsync();

        scrape.AssertCollectorsSucceed();
        Assert.Equal("0", scrape.Values["""sriov_vf_stats_available{pf="ens3f0",vf="0",reason="read_failed"}"""]);
    }

    [Fact]
    public async Task Malformed_attributes_are_absent_and_spoil_nothing()
    {
        _pf.Tree.Write("numa_node", "none\n").Write("vendor", "Broadcom\n").Write("current_link_speed", "fast\n").Write("current_link_width", "16\n")
            .Write("aer_dev_correctable", "RxErr many\n").Write("aer_dev_fatal", "TOTAL_ERR_FATAL 4\n");
        var scrape = await _host.CollectAsync();

        scrape.AssertCollectorsSucceed();
        Assert.Contains("""sriov_pf_info{pf="ens3f0",pci_address="0000:86:00.0",driver="bnxt_en"}""", scrape.Values.Keys);
        Assert.Equal("4", scrape.Values["""sriov_pf_aer_errors_total{pf="ens3f0",severity="fatal"}"""]);
        Assert.DoesNotContain("""sriov_pf_aer_errors_total{pf="ens3f0",severity="correctable"}""", scrape.Values.Keys);
        Assert.DoesNotContain("""sriov_pf_pcie_bandwidth_bytes_per_second{pf="ens3f0"}""", scrape.Values.Keys);
        Assert.Equal("8", scrape.Values["""sriov_vf_receive_bytes_total{pf="ens3f0",vf="2"}"""]);
    }

    private static VfCounters Counters()
    {
        var counters = default(VfCounters);
        counters.Set(VfCounter.ReceiveBytes, 8);
        counters.Set(VfCounter.TransmitBytes, 9);
        return counters;
    }

    private void Deny(int vf) => File.SetUnixFileMode(_host.Tree.Full($"{_pf.Tree.Path}/sriov/{vf}/stats"), UnixFileMode.None);

    private VfStatisticsReason[] ReadUnprivileged()
    {
        var reasons = new VfStatisticsReason[3];
        var (readings, inventory) = (_host.Parts.PfReadings, _host.Runner.Inventory);
        Unprivileged.Run(() => readings.ForEach(new CollectionContext(inventory, _host.Time.GetUtcNow(), default), reasons, static (reasons, _, reading) =>
        {
            for (var vf = 0; vf < reasons.Length; vf++)
            {
                reasons[vf] = reading.Outcomes[vf].Reason;
            }
        }));
        return reasons;
    }
}
