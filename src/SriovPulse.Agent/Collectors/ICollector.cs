using SriovPulse.Agent.Metrics;

namespace SriovPulse.Agent.Collectors;

/// <summary>
/// Reads one kind of thing from the host. Runs on a thread of its own, one collection at a time, so it may block in system calls; state kept
/// between runs needs no locks. A failure is an exception: its samples are dropped and the other collectors are not touched.
/// </summary>
public interface ICollector
{
    /// <summary>Kebab-case name: the flag <c>--collector.NAME</c>, the YAML key and the value of the <c>collector</c> label.</summary>
    string Name { get; }

    /// <summary>The families that it writes; no other collector writes them.</summary>
    MetricSet Metrics { get; }

    /// <summary>Reads the host and adds samples.</summary>
    CollectOutcome Collect(CollectionContext context, SampleBuffer samples);
}
