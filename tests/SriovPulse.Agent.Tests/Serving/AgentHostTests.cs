using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using SriovPulse.Agent.Configuration;
using SriovPulse.Agent.Exposition;
using SriovPulse.Agent.Metrics;
using SriovPulse.Agent.Serving;
using SriovPulse.Agent.Tests.Exposition;

namespace SriovPulse.Agent.Tests.Serving;

public sealed class AgentHostTests : IDisposable
{
    private readonly ProgramMetrics _program = new();
    private readonly MemoryStream _output = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        _program.Dispose();
        _output.Dispose();
        _error.Dispose();
    }

    [Fact]
    public async Task Once_prints_one_exposition_and_succeeds()
    {
        var source = new FakeSnapshotSource();

        Assert.Equal(0, await RunAsync(source));

        var text = Encoding.UTF8.GetString(_output.ToArray());
        Assert.Equal("1", ExpositionDocument.Parse(text, isOpenMetrics: false).Values["sriov_vf_link_up{pf=\"ens1f0\",vf=\"0\"}"]);
        Assert.Equal(1, source.Collections);
        Assert.Empty(_error.ToString());
        source.Expire();
        Assert.Equal(1, source.Recycled);
    }

    [Fact]
    public async Task Once_fails_and_names_the_collectors_when_nothing_could_be_read()
    {
        var metrics = new RunMetrics();
        var samples = new SampleBuffer(metrics);
        samples.Add(metrics.Success, LabelSet.Create(("collector", "vf-counters")), false);
        samples.Add(metrics.Success, LabelSet.Create(("collector", "workloads")), true);

        Assert.Equal(1, await RunAsync(new FakeSnapshotSource { Collect = () => samples }));

        Assert.Contains("nothing could be read from this host: vf-counters failed", _error.ToString(), StringComparison.Ordinal);
        Assert.Contains("sriovpulse_agent_build_info", Encoding.UTF8.GetString(_output.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Once_fails_when_there_was_nothing_to_read()
    {
        Assert.Equal(1, await RunAsync(new FakeSnapshotSource { Collect = () => new SampleBuffer(new SampleMetrics()) }));

        Assert.Contains("no collector that is on found anything", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serving_ends_with_0_when_told_to_stop()
    {
        using var stop = new CancellationTokenSource();
        var options = new AgentOptions { Web = new() { ListenAddresses = [ListenAddress.Parse("127.0.0.1:0")] } };
        var source = new FakeSnapshotSource();
        var running = AgentHost.RunAsync(options, source, Environment(), stop.Token);
        await TestAgent.EventuallyAsync(() => source.Collections == 1);

        await stop.CancelAsync();

        Assert.Equal(0, await running.WaitAsync(TestAgent.Patience));
    }

    [Fact]
    public async Task Serving_ends_with_1_when_a_service_beside_it_fails()
    {
        var options = new AgentOptions { Web = new() { ListenAddresses = [ListenAddress.Parse("127.0.0.1:0")] } };
        var environment = Environment() with { Services = [new FailingService()] };

        Assert.Equal(1, await AgentHost.RunAsync(options, new FakeSnapshotSource(), environment, CancellationToken.None).WaitAsync(TestAgent.Patience));
    }

    private Task<int> RunAsync(FakeSnapshotSource source) =>
        AgentHost.RunAsync(new AgentOptions { Once = true }, source, Environment(), TestContext.Current.CancellationToken);

    private AgentEnvironment Environment() => new(NullLoggerFactory.Instance, _program, TimeProvider.System, _output, _error);

    private sealed class RunMetrics : MetricSet
    {
        public RunMetrics() => Success = Gauge("sriovpulse_agent_collector_success", "Whether it worked.");

        public MetricFamily Success { get; }
    }

    private sealed class FailingService : Microsoft.Extensions.Hosting.BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.Yield();
            throw new InvalidOperationException("defect");
        }
    }
}
