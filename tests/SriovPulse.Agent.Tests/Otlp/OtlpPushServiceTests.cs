using Microsoft.Extensions.Time.Testing;
using SriovPulse.Agent.Metrics;
using SriovPulse.Agent.Otlp;

namespace SriovPulse.Agent.Tests.Otlp;

/// <summary>The whole way, from the samples to a server.</summary>
public sealed class OtlpPushServiceTests
{
    // Its first number is small, so that the first export comes soon after the start.
    private const int EarlySeed = 213;

    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(15);

    private readonly FakeTimeProvider _clock = new(ExampleMetrics.Taken);
    private readonly ExampleMetrics _metrics = new();
    private readonly LogRecorder<OtlpPushService> _log = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pushes_one_snapshot_per_interval(bool grpc)
    {
        await using var server = await OtlpServer.StartAsync(grpc);
        var source = new FakeSnapshotSource(_metrics);
        using var service = Service(OtlpSettings.For(server.Address, grpc) with { Interval = s_interval }, source);
        _metrics.Samples.Add(_metrics.Bytes, ExampleMetrics.Vf(0), (1UL << 53) + 1, 1_700_000_000_000);
        _metrics.Samples.AddOne(_metrics.VfInfo, ExampleMetrics.Vf(0));

        await service.StartAsync(CancellationToken.None);
        var first = await NextAsync(server, source);
        Assert.Equal(["sriov_vf_receive_bytes_total", "sriov_vf_info"], first.MetricNames);
        Assert.Equal("service.name=sriovpulse-agent,host.name=h1", Assert.Single(first.Request.ResourceMetrics).Resource.Attributes.Text());
        var point = Decoded.Metrics(first.Request).First().Points()[0];
        Assert.Equal((1L << 53) + 1, point.AsInt);
        Assert.Equal(1_700_000_000_000_000_000UL, point.StartTimeUnixNano);
        await UntilAsync(() => service.Statistics.Succeeded == 1);

        // The VF is made anew, and another takes the place of its info.
        _metrics.Samples.Clear();
        _metrics.Samples.Add(_metrics.Bytes, ExampleMetrics.Vf(0), 3UL, 1_800_000_000_000);
        var second = await NextAsync(server, source);
        Assert.Equal(["sriov_vf_receive_bytes_total"], second.MetricNames);
        point = Assert.Single(Decoded.Metrics(second.Request).First().Points());
        Assert.Equal((3L, 1_800_000_000_000_000_000UL), (point.AsInt, point.StartTimeUnixNano));
        await UntilAsync(() => service.Statistics.Succeeded == 2);

        await service.StopAsync(CancellationToken.None);
        Assert.Equal((2, 0), (source.Asked, source.Held));
        Assert.Empty(server.Received);
        Assert.Contains("pushing to", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Server_that_is_down_is_tried_again_and_found_when_it_is_back(bool grpc)
    {
        await using var server = await OtlpServer.StartAsync(grpc);
        server.Answer(new OtlpAnswer { HttpStatus = 503, Headers = { ["Retry-After"] = "3" } });
        server.Answer(new OtlpAnswer { Disconnect = true });
        var source = new FakeSnapshotSource(_metrics);
        using var service = Service(OtlpSettings.For(server.Address, grpc) with { Interval = TimeSpan.FromHours(1) }, source);
        _metrics.Samples.Add(_metrics.Up, LabelSet.Empty, true);

        await service.StartAsync(CancellationToken.None);
        await NextAsync(server, source);
        while (service.Statistics.Succeeded == 0)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5);
        }

        Assert.Equal(1, source.Asked);
        Assert.Equal(2, server.Received.Count);
        Assert.Equal((0L, 2L), (service.Statistics.Failed, service.Statistics.Retries));
        await service.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Stop_does_not_wait_for_a_server_that_hangs()
    {
        await using var server = await OtlpServer.StartAsync();
        server.Answer(new OtlpAnswer { Hang = true });
        var source = new FakeSnapshotSource(_metrics);
        using var service = Service(OtlpSettings.For(server.Address), source);
        _metrics.Samples.Add(_metrics.Up, LabelSet.Empty, true);
        await service.StartAsync(CancellationToken.None);
        await NextAsync(server, source);

        // The clock stands still: only the stop can end the request.
        await service.StopAsync(CancellationToken.None);

        Assert.True(service.ExecuteTask!.IsCompletedSuccessfully);
        Assert.Equal(0, service.Statistics.Succeeded);
    }

    [Fact]
    public async Task Exports_go_on_after_an_exception_that_nobody_foresaw()
    {
        await using var server = await OtlpServer.StartAsync();
        server.Answer(new OtlpAnswer { HttpStatus = 401 });
        _log.FailOnce = true;
        var source = new FakeSnapshotSource(_metrics);
        using var service = Service(OtlpSettings.For(server.Address) with { Interval = s_interval }, source);
        _metrics.Samples.Add(_metrics.Up, LabelSet.Empty, true);

        await service.StartAsync(CancellationToken.None);
        await NextAsync(server, source);
        await UntilAsync(() => service.Statistics.Failed > 0);
        await NextAsync(server, source);

        await UntilAsync(() => service.Statistics.Succeeded == 1);
        await service.StopAsync(CancellationToken.None);
        Assert.Contains(_log.Lines, line => line.StartsWith("Error: OTLP: a defect", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Agents_that_start_together_spread_over_the_interval()
    {
        const int Agents = 20;
        var sources = Enumerable.Range(0, Agents).Select(_ => new FakeSnapshotSource(_metrics)).ToArray();
        var configuration = OtlpSettings.For(new Uri("http://127.0.0.1:1")) with { Interval = TimeSpan.FromSeconds(60) };
        var services = sources.Select((source, seed) => new OtlpPushService(configuration, [], "1", source, _clock, seed, _log)).ToArray();
        foreach (var service in services)
        {
            await service.StartAsync(CancellationToken.None);
        }

        // How many have begun, second by second. The services start on threads of their own, some a little later than the clock.
        List<int> begun = [0];
        while (begun[^1] < Agents)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(2);
            begun.Add(sources.Count(source => source.Asked > 0));
        }

        foreach (var service in services)
        {
            await service.StopAsync(CancellationToken.None);
            service.Dispose();
        }

        Assert.True(begun.Count > 30, string.Join(' ', begun));
        Assert.True(begun.Distinct().Count() > Agents / 4, string.Join(' ', begun));
    }

    private OtlpPushService Service(OtlpConfiguration configuration, FakeSnapshotSource source) =>
        new(configuration with { Timeout = TimeSpan.FromHours(1) }, [new("service.name", "sriovpulse-agent"), new("host.name", "h1")], "1.2.3", source, _clock, EarlySeed, _log);

    // Lets the clock run until an export has begun, so that it stands still while the request is under way.
    private async Task<ReceivedExport> NextAsync(OtlpServer server, FakeSnapshotSource source)
    {
        for (var asked = source.Asked; source.Asked == asked;)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5);
        }

        return await server.NextAsync();
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var i = 0; i < 6000 && !condition(); i++)
        {
            await Task.Delay(10);
        }

        Assert.True(condition());
    }
}
