using Microsoft.Extensions.Time.Testing;
using SriovPulse.Agent.Otlp;
using SriovPulse.Agent.Otlp.Transport;

namespace SriovPulse.Agent.Tests.Otlp;

public sealed class OtlpExporterTests : IDisposable
{
    private static readonly OtlpOutcome s_busy = new(OtlpVerdict.Retryable, "503 Service Unavailable");

    private readonly LeapingClock _clock = new(ExampleMetrics.Taken);
    private readonly ExampleMetrics _metrics = new();
    private readonly LogRecorder<OtlpExporter> _log = new();
    private readonly FakeSnapshotSource _source;
    private readonly FakeTransport _transport;
    private readonly OtlpExporter _exporter;

    public OtlpExporterTests()
    {
        _source = new FakeSnapshotSource(_metrics);
        _transport = new FakeTransport(_clock);
        _exporter = Exporter(OtlpSettings.For(new Uri("http://collector:4318")));
        _metrics.Samples.Add(_metrics.Bytes, ExampleMetrics.Vf(0), 1UL);
    }

    public void Dispose() => _transport.Dispose();

    [Fact]
    public async Task Export_sends_the_snapshot_and_gives_it_back()
    {
        await ExportAsync();

        Assert.Equal("sriov_vf_receive_bytes_total", Assert.Single(Decoded.Metrics(Assert.Single(_transport.Sent).Request)).Name);
        Assert.Equal((1, 0), (_source.Asked, _source.Held));
        Assert.Equal((1L, 0L, 0L), (_exporter.Statistics.Succeeded, _exporter.Statistics.Failed, _exporter.Statistics.Retries));
        Assert.Equal(_clock.GetUtcNow().ToUnixTimeMilliseconds(), _exporter.Statistics.LastSuccessUnixMilliseconds);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task Retryable_failure_is_tried_again_with_growing_pauses_and_one_snapshot()
    {
        _transport.Answer(s_busy, s_busy, s_busy);

        await ExportAsync();

        Assert.Equal(4, _transport.Sent.Count);
        Assert.Equal(1, _source.Asked);
        Assert.All(_transport.Sent, sent => Assert.Equal(_transport.Sent[0].Request, sent.Request));
        var pauses = _transport.Sent.Zip(_transport.Sent.Skip(1), (a, b) => (b.At - a.At).TotalSeconds).ToList();
        Assert.InRange(pauses[0], 0.5, 1);
        Assert.InRange(pauses[1], 1, 2);
        Assert.InRange(pauses[2], 2, 4);
        Assert.Equal((1L, 0L, 3L), (_exporter.Statistics.Succeeded, _exporter.Statistics.Failed, _exporter.Statistics.Retries));
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task Pause_that_the_server_asks_for_is_kept()
    {
        _transport.Answer(s_busy with { RetryAfter = TimeSpan.FromSeconds(20) });

        await ExportAsync();

        Assert.Equal(2, _transport.Sent.Count);
        Assert.InRange((_transport.Sent[1].At - _transport.Sent[0].At).TotalSeconds, 20, 22);
    }

    [Fact]
    public async Task Pause_beyond_the_next_export_gives_up_and_holds_the_next_ones_back()
    {
        _transport.Answer(s_busy with { RetryAfter = TimeSpan.FromSeconds(100) });
        await ExportAsync();
        Assert.Single(_transport.Sent);

        _clock.Advance(TimeSpan.FromSeconds(60));
        await ExportAsync();
        Assert.Single(_transport.Sent);
        Assert.Equal(1, _source.Asked);
        Assert.Equal(2, _exporter.Statistics.Failed);

        _clock.Advance(TimeSpan.FromSeconds(60));
        await ExportAsync();
        Assert.Equal((2, 2), (_transport.Sent.Count, _source.Asked));
        Assert.Equal(1, _exporter.Statistics.Succeeded);
    }

    [Fact]
    public async Task Retries_end_before_the_next_export_is_due()
    {
        for (var i = 0; i < 50; i++)
        {
            _transport.Answer(s_busy);
        }

        var start = _clock.GetUtcNow();
        await ExportAsync();

        Assert.InRange(_transport.Sent.Count, 4, 8);
        Assert.InRange((_clock.GetUtcNow() - start).TotalSeconds, 20, 60);
        Assert.Equal((0L, 1L), (_exporter.Statistics.Succeeded, _exporter.Statistics.Failed));
    }

    [Fact]
    public async Task Refusal_is_not_tried_again()
    {
        _transport.Answer(new OtlpOutcome(OtlpVerdict.Refused, "401 Unauthorized"));

        await ExportAsync();

        Assert.Single(_transport.Sent);
        Assert.Equal((0L, 1L, 0L), (_exporter.Statistics.Succeeded, _exporter.Statistics.Failed, _exporter.Statistics.Retries));
        Assert.Equal("Warning: OTLP: export to http://collector:4318/v1/metrics failed: 401 Unauthorized", Assert.Single(_log.Lines));
    }

    [Fact]
    public async Task Failure_is_logged_once_per_change_and_so_is_its_end()
    {
        _transport.Answer(new(OtlpVerdict.Refused, "401"), new(OtlpVerdict.Refused, "401"), new(OtlpVerdict.Refused, "403"));
        for (var i = 0; i < 5; i++)
        {
            await ExportAsync();
        }

        Assert.Equal(3, _log.Lines.Count);
        Assert.EndsWith("failed: 401", _log.Lines[0], StringComparison.Ordinal);
        Assert.EndsWith("failed: 403", _log.Lines[1], StringComparison.Ordinal);
        Assert.EndsWith("succeed again", _log.Lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Partial_success_counts_as_success_and_is_told_once()
    {
        _transport.Answer(new(OtlpVerdict.Accepted, "too old", 3), new(OtlpVerdict.Accepted, "too old", 4));

        await ExportAsync();
        await ExportAsync();

        Assert.Equal(2, _transport.Sent.Count);
        Assert.Equal((2L, 7L), (_exporter.Statistics.Succeeded, _exporter.Statistics.RejectedPoints));
        Assert.Contains("without 3 of its points: too old", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Collection_that_fails_is_told_and_does_not_stop_the_next()
    {
        _source.Failure = new InvalidOperationException("netlink is gone");
        await ExportAsync();
        _source.Failure = null;
        await ExportAsync();

        Assert.Equal((1L, 1L), (_exporter.Statistics.Succeeded, _exporter.Statistics.Failed));
        Assert.Contains("netlink is gone", _log.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Part_that_is_refused_ends_the_export()
    {
        for (var vf = 0; vf < 2000; vf++)
        {
            _metrics.Samples.Add(_metrics.Packets, ExampleMetrics.Vf(vf), 1UL);
        }

        var exporter = Exporter(OtlpSettings.For(new Uri("http://collector:4318")), maxRequestBytes: 20_000);
        _transport.Answer(new(OtlpVerdict.Accepted), new(OtlpVerdict.Refused, "413"));

        await exporter.ExportAsync(CancellationToken.None);

        Assert.Equal(2, _transport.Sent.Count);
        Assert.Equal((0L, 1L), (exporter.Statistics.Succeeded, exporter.Statistics.Failed));
        await exporter.ExportAsync(CancellationToken.None);
        Assert.True(_transport.Sent.Count > 4, $"{_transport.Sent.Count} requests");
        Assert.Equal(1L, exporter.Statistics.Succeeded);
    }

    [Fact]
    public async Task Nothing_to_export_is_a_success_without_a_request()
    {
        _metrics.Samples.Clear();

        await ExportAsync();

        Assert.Empty(_transport.Sent);
        Assert.Equal((1L, 0L), (_exporter.Statistics.Succeeded, _exporter.Statistics.Failed));
    }

    [Theory]
    [InlineData("http://collector:4317", false, "grpc?")]
    [InlineData("http://collector:4318", true, "http/protobuf?")]
    public async Task Port_of_the_other_protocol_is_pointed_out(string endpoint, bool grpc, string hint)
    {
        _transport.Answer(new OtlpOutcome(OtlpVerdict.Refused, "garbled"));

        await Exporter(OtlpSettings.For(new Uri(endpoint), grpc)).ExportAsync(CancellationToken.None);

        Assert.Contains(hint, Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_ends_the_pause()
    {
        var clock = new FakeTimeProvider(ExampleMetrics.Taken);
        _transport.Answer(s_busy);
        using var stop = new CancellationTokenSource();

        var exporting = Exporter(OtlpSettings.For(new Uri("http://collector:4318")), clock: clock).ExportAsync(stop.Token);
        Assert.False(exporting.IsCompleted);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => exporting);
    }

    private OtlpExporter Exporter(OtlpConfiguration configuration, int maxRequestBytes = 1 << 20, TimeProvider? clock = null) =>
        new(configuration, Decoded.Encoder(maxRequestBytes), _source, _transport, new RetryDelay(new Random(1)), clock ?? _clock, _log);

    private Task ExportAsync() => _exporter.ExportAsync(CancellationToken.None);
}
