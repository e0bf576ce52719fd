using SriovPulse.Agent.Exposition;
using SriovPulse.Agent.Tests.Exposition;
using SriovPulse.Linux.Interop;
using SriovPulse.Testing.Netlink;

namespace SriovPulse.Agent.Tests.WholeAgent;

/// <summary>What becomes of VF counters when the kernel, a driver or a device does what they do on a bad day.</summary>
public sealed class VfCounterFaultTests : IDisposable
{
    private const uint SkipStats = 8;

    private readonly ScriptedHost _host = new();
    private readonly ScriptedPf _pf;

    public VfCounterFaultTests()
    {
        _pf = _host.AddPf("0000:86:00.0", "ens3f0", "ice", 3, static vf => Counting(vf, 1000));
        _host.AddPf("0000:af:00.0", "ens4f0", "i40e", 1, static vf => Counting(vf, 5));
    }

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task Vf_that_the_kernel_leaves_out_is_absent_and_comes_back()
    {
        _pf.Link.Reply = _pf.Link.Reply with { LeftOut = [1] };
        var scrape = await _host.CollectAsync();

        AssertAbsent(scrape, 1, "missing_in_reply");
        AssertBytes(scrape, 0, 1000);
        AssertBytes(scrape, 2, 1000);
        Assert.Contains("""sriov_vf_info{pf="ens3f0",vf="1",pci_address="0000:86:02.1",stats_source="rtnetlink"}""", scrape.Values.Keys);

        _pf.Link.Reply = _pf.Link.Reply with { LeftOut = [] };
        AssertBytes(await _host.CollectAsync(), 1, 1000);
    }

    [Fact]
    public async Task Zeros_after_traffic_are_withheld_until_they_persist()
    {
        await _host.CollectAsync();
        _pf.Tell(static vf => Counting(vf, vf == 0 ? 0u : 1000));

        AssertAbsent(await _host.CollectAsync(), 0, "resetting");
        AssertAbsent(await _host.CollectAsync(), 0, "resetting");
        AssertAbsent(await _host.CollectAsync(), 0, "resetting");
        _host.Time.Advance(TimeSpan.FromSeconds(30));
        var scrape = await CollectOpenMetricsAsync();
        AssertBytes(scrape, 0, 0);
        AssertBytes(scrape, 1, 1000);
        Assert.Equal(Now, Created(scrape, 0));
        Assert.Null(Created(scrape, 1));
    }

    [Fact]
    public async Task Zeros_that_pass_leave_no_trace()
    {
        await _host.CollectAsync();
        _pf.Tell(static vf => Counting(vf, 0));
        AssertAbsent(await _host.CollectAsync(), 0, "resetting");
        _pf.Tell(static vf => Counting(vf, 1001));

        var scrape = await CollectOpenMetricsAsync();
        AssertBytes(scrape, 0, 1001);
        Assert.Null(Created(scrape, 0));
    }

    [Fact]
    public async Task Zeros_at_first_sight_may_be_a_reset_and_those_of_a_VF_made_since_are_none()
    {
        _pf.Tell(static vf => Counting(vf, 0));
        AssertAbsent(await _host.CollectAsync(), 0, "resetting");

        _pf.Tree.AddVf(3);
        _pf.Link.Reply = _pf.Link.Reply with { NumVfs = 4 };
        var scrape = await CollectOpenMetricsAsync();
        AssertAbsent(scrape, 0, "resetting");
        AssertBytes(scrape, 3, 0);
        Assert.Equal(Now, Created(scrape, 3));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(0)]
    [InlineData(2000)]
    public async Task Counters_of_a_vf_made_anew_start_anew(uint value)
    {
        await _host.CollectAsync();
        _pf.Tree.RecreateVf(0);
        _pf.Tell(vf => Counting(vf, vf == 0 ? value : 1000));

        var scrape = await CollectOpenMetricsAsync();
        AssertBytes(scrape, 0, value);
        Assert.Equal(Now, Created(scrape, 0));
        Assert.Null(Created(scrape, 1));
    }

    [Fact]
    public async Task Counter_that_falls_is_passed_on_with_a_new_start()
    {
        await _host.CollectAsync();
        _pf.Tell(static vf => Counting(vf, 7));

        var scrape = await CollectOpenMetricsAsync();
        AssertBytes(scrape, 0, 7);
        Assert.Equal(Now, Created(scrape, 0));
    }

    [Theory]
    [InlineData(Errno.EBUSY)]
    [InlineData(Errno.ENODEV)]
    public async Task Refusal_for_one_pf_leaves_the_others_alone(int errno)
    {
        _pf.Link.Refusal = _ => errno;
        var scrape = await _host.CollectAsync();

        AssertAbsent(scrape, 0, "read_failed");
        AssertOthersAreWell(scrape);
        Assert.DoesNotContain("""sriov_pf_up{pf="ens3f0"}""", scrape.Values.Keys);
        Assert.Equal("3", scrape.Values["""sriov_pf_vfs_enabled{pf="ens3f0"}"""]);
    }

    [Fact]
    public async Task Malformed_reply_for_one_pf_leaves_the_others_alone()
    {
        await _host.CollectAsync();
        _pf.Link.IsMalformed = true;
        var scrape = await _host.CollectAsync();

        AssertAbsent(scrape, 0, "read_failed");
        AssertOthersAreWell(scrape);
    }

    [Fact]
    public async Task Reply_that_is_too_long_is_had_from_a_dump()
    {
        _pf.Link.Refusal = static _ => Errno.EMSGSIZE;
        var scrape = await _host.CollectAsync();

        AssertBytes(scrape, 0, 1000);
        AssertOthersAreWell(scrape);
    }

    [Fact]
    public async Task Reply_that_is_too_long_even_for_a_dump_tells_the_configuration_without_counters()
    {
        _pf.Link.Refusal = TooLongWithCounters;
        _host.Links.DumpRefusal = TooLongWithCounters;
        var scrape = await _host.CollectAsync();

        AssertAbsent(scrape, 0, "read_failed");
        Assert.Equal("1", scrape.Values["""sriov_vf_link_up{pf="ens3f0",vf="0"}"""]);
        AssertOthersAreWell(scrape);

        static int TooLongWithCounters(uint mask) => (mask & SkipStats) == 0 ? Errno.EMSGSIZE : 0;
    }

    [Fact]
    public async Task Counters_of_another_driver_start_anew()
    {
        await _host.CollectAsync();
        _pf.Tree.RecreateVf(0);
        Assert.Equal(Now + 1, Created(await CollectOpenMetricsAsync(), 0));
        _pf.Tree.SetDriver("i40e");
        _pf.Tell(static vf => Counting(vf, 7));
        _host.Parts.Events.DeviceChanged();

        // Nobody saw when those began.
        var scrape = await CollectOpenMetricsAsync();
        AssertBytes(scrape, 0, 7);
        Assert.Null(Created(scrape, 0));
    }

    [Fact]
    public async Task Traffic_that_another_driver_counted_proves_nothing_of_this_one()
    {
        await _host.CollectAsync();
        _pf.Tree.SetDriver("igb");
        _pf.Tell(static vf => Counting(vf, 0));
        _host.Parts.Events.DeviceChanged();
        AssertAbsent(await _host.CollectAsync(), 0, "unproven");

        _pf.Tell(static vf => Counting(vf, 3));
        AssertBytes(await _host.CollectAsync(), 0, 3);
    }

    [Fact]
    public async Task Drops_that_mlx5_leaves_zero_in_switchdev_mode_are_absent_and_shown_in_legacy_mode()
    {
        const string Dropped = """sriov_vf_receive_dropped_packets_total{pf="ens5f0",vf="0"}""";
        _host.AddPf("0000:d8:00.0", "ens5f0", "mlx5_core", 1, static vf => VfReply.Counting(vf, 1, 2, 3, 4));
        _host.GenericNetlink.Eswitches["0000:d8:00.0"] = 1;
        Assert.DoesNotContain(Dropped, (await _host.CollectAsync()).Values.Keys);

        _host.GenericNetlink.Eswitches["0000:d8:00.0"] = 0;
        _host.Parts.Events.DeviceChanged();
        Assert.Equal("0", (await _host.CollectAsync()).Values[Dropped]);
    }

    [Fact]
    public async Task Mode_that_only_CAP_NET_ADMIN_is_told_is_inferred_from_the_ports_of_VFs()
    {
        const string Dropped = """sriov_vf_receive_dropped_packets_total{pf="ens5f0",vf="0"}""";
        _host.AddPf("0000:d8:00.0", "ens5f0", "mlx5_core", 1, static vf => VfReply.Counting(vf, 1, 2, 3, 4));
        _host.GenericNetlink.Eswitches["0000:d8:00.0"] = -Errno.EPERM;
        _host.GenericNetlink.Representors.Add(("0000:d8:00.0", 0, "ens5f0_0"));
        var scrape = await _host.CollectAsync();
        Assert.DoesNotContain(Dropped, scrape.Values.Keys);
        Assert.Contains(scrape.Values.Keys, static series => series.StartsWith("sriov_pf_info{pf=\"ens5f0\"", StringComparison.Ordinal) && series.Contains("eswitch_mode=\"switchdev\"", StringComparison.Ordinal));

        _host.GenericNetlink.Representors.Clear();
        _host.Parts.Events.DeviceChanged();
        Assert.Equal("0", (await _host.CollectAsync()).Values[Dropped]);
    }

    [Fact]
    public async Task Broadcasts_that_mlx5_does_not_count_over_InfiniBand_are_absent()
    {
        var pf = _host.AddPf("0000:d8:00.0", "ib0", "mlx5_core", 1, static vf => VfReply.Counting(vf, 1, 2, 3, 4));
        pf.Link.Reply = pf.Link.Reply with { HardwareType = 32 };
        _host.GenericNetlink.Eswitches["0000:d8:00.0"] = 0;
        var scrape = await _host.CollectAsync();

        Assert.Equal("0", scrape.Values["""sriov_vf_receive_multicast_packets_total{pf="ib0",vf="0"}"""]);
        Assert.DoesNotContain("""sriov_vf_receive_broadcast_packets_total{pf="ib0",vf="0"}""", scrape.Values.Keys);
    }

    private static VfReply Counting(int vf, uint value) => VfReply.Counting(vf, value, value, value, value);

    private async Task<ExpositionDocument> CollectOpenMetricsAsync() => ExpositionDocument.Parse(await _host.RenderAsync(ExpositionFormat.OpenMetrics), isOpenMetrics: true);

    private double Now => _host.Time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>When the VF's counters began, as told; null when it is not.</summary>
    private static double? Created(ExpositionDocument scrape, int vf) =>
        scrape.Values.TryGetValue($$"""sriov_vf_receive_bytes_created{pf="ens3f0",vf="{{vf}}"}""", out var created)
            ? double.Parse(created, System.Globalization.CultureInfo.InvariantCulture)
            : null;

    private static void AssertBytes(ExpositionDocument scrape, int vf, uint value)
    {
        Assert.Equal($"{value}", scrape.Values[$$"""sriov_vf_receive_bytes_total{pf="ens3f0",vf="{{vf}}"}"""]);
        Assert.Equal("1", scrape.Values[$$"""sriov_vf_stats_available{pf="ens3f0",vf="{{vf}}"}"""]);
    }

    private static void AssertAbsent(ExpositionDocument scrape, int vf, string reason)
    {
        Assert.DoesNotContain(scrape.Values.Keys, series => series.Contains($$"""_total{pf="ens3f0",vf="{{vf}}"}""", StringComparison.Ordinal));
        Assert.Equal("0", scrape.Values[$$"""sriov_vf_stats_available{pf="ens3f0",vf="{{vf}}",reason="{{reason}}"}"""]);
    }

    private static void AssertOthersAreWell(ExpositionDocument scrape)
    {
        Assert.Equal("5", scrape.Values["""sriov_vf_receive_bytes_total{pf="ens4f0",vf="0"}"""]);
        Assert.Equal("1", scrape.Values["""sriov_pf_up{pf="ens4f0"}"""]);
        scrape.AssertCollectorsSucceed();
    }
}
