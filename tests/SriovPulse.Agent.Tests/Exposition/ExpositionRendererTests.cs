using System.Text;
using Microsoft.Extensions.Time.Testing;
using SriovPulse.Agent.Exposition;
using SriovPulse.Agent.Metrics;

namespace SriovPulse.Agent.Tests.Exposition;

public sealed class ExpositionRendererTests : IDisposable
{
    private static readonly BuildInfo s_build = new("1.2.3", "abc", "10.0.1", "x64");
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddDays(20_000));
    private readonly ProgramMetrics _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task Text_format_is_written_to_the_letter()
    {
        const string Expected = """
            # HELP sriov_vf_receive_bytes_total Bytes received, "good" ones:\nfrom C:\\vf.
            # TYPE sriov_vf_receive_bytes_total counter
            sriov_vf_receive_bytes_total{pf="ens1f0",vf="0"} 18446744073709551615
            sriov_vf_receive_bytes_total{pf="a\"b\\c\nd",vf="1"} 0
            # HELP sriov_pf_speed_bytes_per_second Speed of the link.
            # TYPE sriov_pf_speed_bytes_per_second gauge
            sriov_pf_speed_bytes_per_second{pf="ens1f0"} 1250000000
            sriov_pf_speed_bytes_per_second +Inf
            # HELP sriov_vf_link_up Whether the link is up.
            # TYPE sriov_vf_link_up gauge
            sriov_vf_link_up{pf="ens1f0",vf="0"} 1
            # HELP sriov_vf_info What is known of the VF.
            # TYPE sriov_vf_info gauge
            sriov_vf_info{pf="ens1f0",vf="0",driver="iavf"} 1
            # HELP sriovpulse_agent_snapshot_age_seconds How long before this answer was written the reading of the host had ended.
            # TYPE sriovpulse_agent_snapshot_age_seconds gauge
            sriovpulse_agent_snapshot_age_seconds 0.75
            # HELP sriovpulse_agent_build_info Version of the agent and what it was built from.
            # TYPE sriovpulse_agent_build_info gauge
            sriovpulse_agent_build_info{version="1.2.3",revision="abc",dotnet="10.0.1",arch="x64"} 1

            """;

        Assert.Equal(Expected, HostPart(await RenderAsync(ExpositionFormat.PrometheusText)));
    }

    [Fact]
    public async Task OpenMetrics_is_written_to_the_letter()
    {
        const string Expected = """
            # HELP sriov_vf_receive_bytes Bytes received, \"good\" ones:\nfrom C:\\vf.
            # TYPE sriov_vf_receive_bytes counter
            # UNIT sriov_vf_receive_bytes bytes
            sriov_vf_receive_bytes_total{pf="ens1f0",vf="0"} 18446744073709551615
            sriov_vf_receive_bytes_total{pf="a\"b\\c\nd",vf="1"} 0
            # HELP sriov_pf_speed_bytes_per_second Speed of the link.
            # TYPE sriov_pf_speed_bytes_per_second gauge
            # UNIT sriov_pf_speed_bytes_per_second bytes_per_second
            sriov_pf_speed_bytes_per_second{pf="ens1f0"} 1250000000
            sriov_pf_speed_bytes_per_second +Inf
            # HELP sriov_vf_link_up Whether the link is up.
            # TYPE sriov_vf_link_up gauge
            sriov_vf_link_up{pf="ens1f0",vf="0"} 1
            # HELP sriov_vf What is known of the VF.
            # TYPE sriov_vf info
            sriov_vf_info{pf="ens1f0",vf="0",driver="iavf"} 1
            # HELP sriovpulse_agent_snapshot_age_seconds How long before this answer was written the reading of the host had ended.
            # TYPE sriovpulse_agent_snapshot_age_seconds gauge
            # UNIT sriovpulse_agent_snapshot_age_seconds seconds
            sriovpulse_agent_snapshot_age_seconds 0.75
            # HELP sriovpulse_agent_build Version of the agent and what it was built from.
            # TYPE sriovpulse_agent_build info
            sriovpulse_agent_build_info{version="1.2.3",revision="abc",dotnet="10.0.1",arch="x64"} 1

            """;

        Assert.Equal(Expected, HostPart(await RenderAsync(ExpositionFormat.OpenMetrics)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Document_is_valid_with_the_programs_own_metrics(bool isOpenMetrics)
    {
        _program.CountLogMessage(Microsoft.Extensions.Logging.LogLevel.Warning);

        var text = await RenderAsync(isOpenMetrics ? ExpositionFormat.OpenMetrics : ExpositionFormat.PrometheusText, writeCreated: true);

        var document = ExpositionDocument.Parse(text, isOpenMetrics);
        Assert.Equal(1.0, double.Parse(document.Values["sriovpulse_agent_log_messages_total{level=\"warn\"}"], System.Globalization.CultureInfo.InvariantCulture));
        Assert.Contains("process_cpu_seconds_total", document.Values.Keys);
        Assert.Contains("process_resident_memory_bytes", document.Values.Keys);
        Assert.Contains("process_start_time_seconds", document.Values.Keys);
        Assert.Contains("process_open_fds", document.Values.Keys);
        Assert.Contains("process_max_fds", document.Values.Keys);
    }

    [Fact]
    public async Task Own_process_is_measured_truly()
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        var values = ExpositionDocument.Parse(await RenderAsync(ExpositionFormat.PrometheusText), isOpenMetrics: false).Values;

        double Value(string name) => double.Parse(values[name], System.Globalization.CultureInfo.InvariantCulture);

        Assert.InRange(Value("process_start_time_seconds"), new DateTimeOffset(process.StartTime).ToUnixTimeSeconds() - 2, new DateTimeOffset(process.StartTime).ToUnixTimeSeconds() + 2);
        Assert.InRange(Value("process_resident_memory_bytes"), 1 << 20, Value("process_virtual_memory_bytes"));
        Assert.InRange(Value("process_open_fds"), 3, Value("process_max_fds"));
        Assert.InRange(Value("process_cpu_seconds_total"), 0.001, double.MaxValue);
    }

    [Fact]
    public async Task Counters_tell_since_when_they_count_only_when_asked()
    {
        Assert.DoesNotContain("_created", await RenderAsync(ExpositionFormat.OpenMetrics), StringComparison.Ordinal);
        Assert.DoesNotContain("_created", await RenderAsync(ExpositionFormat.PrometheusText, writeCreated: true), StringComparison.Ordinal);

        var text = await RenderAsync(ExpositionFormat.OpenMetrics, writeCreated: true);

        Assert.Contains(
            "18446744073709551615\nsriov_vf_receive_bytes_created{pf=\"ens1f0\",vf=\"0\"} 1700000000.123\nsriov_vf_receive_bytes_total{", text, StringComparison.Ordinal);
        Assert.Equal(1, text.Split("_created{").Length - 1);
    }

    [Fact]
    public async Task Samples_beyond_a_segment_are_whole_and_in_order()
    {
        var metrics = new SampleMetrics();
        var samples = new SampleBuffer(metrics);
        var name = new string('x', 100_000);
        for (var i = 0; i < 5_000; i++)
        {
            samples.Add(metrics.Bytes, LabelSet.Create(("pf", "ens1f0"), ("vf", $"{i}")), (ulong)i);
        }

        samples.Add(metrics.Up, LabelSet.Create(("pf", name)), true);

        var text = await RenderAsync(ExpositionFormat.PrometheusText, samples);

        var document = ExpositionDocument.Parse(text, isOpenMetrics: false);
        Assert.Equal("4999", document.Values["sriov_vf_receive_bytes_total{pf=\"ens1f0\",vf=\"4999\"}"]);
        Assert.Equal("1", document.Values[$"sriov_vf_link_up{{pf=\"{name}\"}}"]);
        Assert.Equal(5_000, document.Values.Keys.Count(series => series.StartsWith("sriov_vf_receive_bytes_total", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Nothing_is_allocated_per_sample()
    {
        var metrics = new SampleMetrics();
        var few = Samples(metrics, 10);
        var many = Samples(metrics, 20_000);
        var renderer = new ExpositionRenderer(_program, s_build, _time, writeCreated: false);
        await AllocatedAsync(renderer, many);

        var perSample = (await AllocatedAsync(renderer, many) - await AllocatedAsync(renderer, few)) / 20_000.0;

        // Of the order of a segment's entry in a list; a string per sample would be tens of bytes each.
        Assert.InRange(perSample, double.MinValue, 1);
    }

    private static SampleBuffer Samples(SampleMetrics metrics, int count)
    {
        var samples = new SampleBuffer(metrics);
        for (var i = 0; i < count; i++)
        {
            samples.Add(metrics.Speed, LabelSet.Create(("pf", $"{i}")), i + 0.5);
        }

        return samples;
    }

    private async Task<long> AllocatedAsync(ExpositionRenderer renderer, SampleBuffer samples)
    {
        var snapshot = Bodies.Snapshot(_time, 1, samples);

        // Rendering to memory never waits, so that all of it happens on this thread.
        var before = GC.GetAllocatedBytesForCurrentThread();
        var rendering = renderer.RenderAsync(snapshot, ExpositionFormat.PrometheusText, CancellationToken.None);
        Assert.True(rendering.IsCompletedSuccessfully);
        var body = await rendering;
        body.Release();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private async Task<string> RenderAsync(ExpositionFormat format, SampleBuffer? samples = null, bool writeCreated = false)
    {
        var snapshot = Bodies.Snapshot(_time, 1, samples ?? new SampleMetrics().Fill());
        _time.Advance(TimeSpan.FromMilliseconds(750));
        var renderer = new ExpositionRenderer(_program, s_build, _time, writeCreated);
        var body = await renderer.RenderAsync(snapshot, format, CancellationToken.None);
        var text = body.Text();
        Assert.Equal(Encoding.UTF8.GetByteCount(text), body.Length);
        body.Release();
        return text;
    }

    private static string HostPart(string text) => text[..text.IndexOf("# HELP process_cpu", StringComparison.Ordinal)];
}
