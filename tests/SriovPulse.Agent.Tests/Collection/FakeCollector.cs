using SriovPulse.Agent.Collectors;
using SriovPulse.Agent.Metrics;

namespace SriovPulse.Agent.Tests.Collection;

/// <summary>A collector whose run is the test's.</summary>
internal sealed class FakeCollector(string name, Action<FakeCollector, SampleBuffer> run) : ICollector
{
    private int _runs;

    public string Name { get; } = name;

    public int Runs => Volatile.Read(ref _runs);

    public MetricSet Metrics => Own;

    public FakeMetrics Own { get; } = new(name);

    public CollectOutcome Collect(CollectionContext context, SampleBuffer samples)
    {
        Interlocked.Increment(ref _runs);
        run(this, samples);
        return CollectOutcome.Collected;
    }

    internal sealed class FakeMetrics : MetricSet
    {
        public FakeMetrics(string name) => Value = Gauge($"test_{name.Replace('-', '_')}", "A test value.");

        public MetricFamily Value { get; }
    }
}
