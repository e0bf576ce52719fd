using SriovPulse.Agent.Tests.Exposition;
using SriovPulse.Testing.Netlink;

namespace SriovPulse.Agent.Tests.WholeAgent;

/// <summary>What the sampler tells of a host, and what it leaves out when looking costs too much.</summary>
public sealed class SamplerTests : IDisposable
{
    // 1 Gb/s, of the VF's limit and of the line.
    private const uint Gigabit = 125_000_000;
    private const int Mode10G = 12;

    private readonly ScriptedHost _host = new();
    private readonly ScriptedPf _pf;
    private readonly ulong[] _sent = [1, 1];

    public SamplerTests()
    {
        _pf = _host.AddPf("0000:86:00.0", "ens3f0", "ice", 2, vf => VfReply.Counting(vf, 1, 1, 1, _sent[vf]) with { MaxRate = vf == 0 ? 1_000u : 0 });
        _host.GenericNetlink.Modes[_pf.Link.Reply.IfIndex] = (10_000, Mode10G);
    }

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task Vf_is_saturated_at_its_own_limit_and_one_without_at_the_line_s()
    {
        await _host.CollectAsync();
        Send(0, 0);
        Send(Gigabit, Gigabit);
        Send(Gigabit, 10.0 * Gigabit);
        var scrape = await _host.CollectAsync();

        Assert.Equal("0.5", Transmit(scrape, "saturated_seconds_total", 0));
        Assert.Equal("0.25", Transmit(scrape, "saturated_seconds_total", 1));
        Assert.Equal("0.5", scrape.Values["""sriov_vf_sampled_seconds_total{pf="ens3f0",vf="1"}"""]);
        Assert.Equal("0", scrape.Values["""sriov_vf_receive_saturated_seconds_total{pf="ens3f0",vf="0"}"""]);
    }

    [Fact]
    public async Task Peak_is_told_for_the_length_of_its_window()
    {
        await _host.CollectAsync();
        Send(0, 0);
        Send(Gigabit, 0);
        Send(0, 0);
        Assert.Equal("125000000", Transmit(await _host.CollectAsync(), "peak_bytes_per_second", 0));

        _host.Time.Advance(TimeSpan.FromSeconds(60));
        Send(0, 0);
        Send(0, 0);
        Assert.Equal("0", Transmit(await _host.CollectAsync(), "peak_bytes_per_second", 0));
    }

    [Fact]
    public async Task Zeros_of_a_reset_make_neither_a_peak_nor_saturation()
    {
        await _host.CollectAsync();
        _sent[0] = 100UL * Gigabit;
        Send(0, 0);
        _pf.Tell(static vf => VfReply.Counting(vf, 0, 0, 0, 0));
        Send(0, 0);
        Send(0, 0);
        _pf.Tell(vf => VfReply.Counting(vf, 1, 1, 1, _sent[vf]) with { MaxRate = 1_000 });
        Send(0, 0);
        Send(0, 0);
        var scrape = await _host.CollectAsync();

        Assert.Equal("0", Transmit(scrape, "saturated_seconds_total", 0));
        Assert.Equal("0", Transmit(scrape, "peak_bytes_per_second", 0));
    }

    [Fact]
    public async Task Without_a_known_limit_saturation_is_absent_and_peaks_are_told()
    {
        _host.GenericNetlink.Modes.Clear();
        await _host.CollectAsync();
        Send(0, 0);
        Send(0, 8.0 * Gigabit);
        var scrape = await _host.CollectAsync();

        Assert.Equal("1000000000", Transmit(scrape, "peak_bytes_per_second", 1));
        Assert.DoesNotContain("""sriov_vf_transmit_saturated_seconds_total{pf="ens3f0",vf="1"}""", scrape.Values.Keys);
        Assert.Equal("0", Transmit(scrape, "saturated_seconds_total", 0));
    }

    [Fact]
    public async Task Pf_that_is_too_slow_to_sample_is_absent_and_the_others_are_sampled_within_the_budget()
    {
        Sampled("ens4f0", "0000:af:00.0", TimeSpan.FromMilliseconds(2));
        Sampled("ens5f0", "0000:d8:00.0", TimeSpan.FromMilliseconds(50));
        await _host.CollectAsync();
        for (var i = 0; i < 6; i++)
        {
            _host.Sample();
        }

        var scrape = await _host.CollectAsync();

        Assert.Contains("""sriov_vf_sampled_seconds_total{pf="ens3f0",vf="0"}""", scrape.Values.Keys);
        Assert.Contains("""sriov_vf_sampled_seconds_total{pf="ens4f0",vf="0"}""", scrape.Values.Keys);
        Assert.DoesNotContain(scrape.Values.Keys, static series => series.Contains("ampled_seconds_total{pf=\"ens5f0\"", StringComparison.Ordinal));
        Assert.DoesNotContain(scrape.Values.Keys, static series => series.Contains("peak_bytes_per_second{pf=\"ens5f0\"", StringComparison.Ordinal));
        Assert.Equal("7", scrape.Values["""sriov_vf_receive_bytes_total{pf="ens5f0",vf="0"}"""]);

        // 2 ms in every 0.25 s is 0.8 %, within the 1 % that is allowed.
        Assert.Equal(0.008, Number(scrape, "sriovpulse_agent_sampler_time_ratio"), 6);
        Assert.Equal("0.25", scrape.Values["sriovpulse_agent_sampler_interval_seconds"]);
    }

    [Fact]
    public async Task Sampling_slows_down_before_it_gives_up()
    {
        Sampled("ens4f0", "0000:af:00.0", TimeSpan.FromMilliseconds(8));
        await _host.CollectAsync();
        _host.Sample();

        Assert.Equal(0.8, _host.Sample().TotalSeconds, 5);
        var scrape = await _host.CollectAsync();
        Assert.Equal(0.8, Number(scrape, "sriovpulse_agent_sampler_interval_seconds"), 5);
        Assert.InRange(Number(scrape, "sriovpulse_agent_sampler_time_ratio"), 0.0099, 0.01);
    }

    /// <summary>A PF whose every answer takes some time.</summary>
    private void Sampled(string netdev, string address, TimeSpan time)
    {
        var pf = _host.AddPf(address, netdev, "ice", 1, static vf => VfReply.Counting(vf, 7, 7, 7, 7));
        pf.Link.Refusal = _ =>
        {
            _host.Time.Advance(time);
            return 0;
        };
    }

    /// <summary>A quarter of a second in which the VFs send at these rates, in bytes per second.</summary>
    private void Send(double first, double second)
    {
        _sent[0] += (ulong)(first / 4);
        _sent[1] += (ulong)(second / 4);
        _host.Sample();
    }

    private static double Number(ExpositionDocument scrape, string series) => double.Parse(scrape.Values[series], System.Globalization.CultureInfo.InvariantCulture);

    private static string Transmit(ExpositionDocument scrape, string what, int vf) => scrape.Values[$$"""sriov_vf_transmit_{{what}}{pf="ens3f0",vf="{{vf}}"}"""];
}
