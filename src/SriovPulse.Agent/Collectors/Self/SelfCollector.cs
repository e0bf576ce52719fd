using SriovPulse.Agent.Inventory;
using SriovPulse.Agent.Metrics;
using SriovPulse.Agent.VfStatistics;

namespace SriovPulse.Agent.Collectors.Self;

/// <summary>What watching costs the host, and what the agent could not get at.</summary>
internal sealed class SelfCollector(RtnlClock rtnl, HostEvents events, IReadOnlyList<(string Interface, bool IsOpen)> interfaces) : ICollector
{
    private readonly SelfMetrics _metrics = new();
    private readonly (LabelSet Labels, bool IsOpen)[] _interfaces = [.. interfaces.Select(i => (LabelSet.Create(("interface", i.Interface)), i.IsOpen))];

    public string Name => "self";

    public MetricSet Metrics => _metrics;

    public CollectOutcome Collect(CollectionContext context, SampleBuffer samples)
    {
        samples.Add(_metrics.RtnlSeconds, LabelSet.Empty, rtnl.Total.TotalSeconds);
        samples.Add(_metrics.RecoveredLists, LabelSet.Empty, (ulong)rtnl.RecoveredLists);
        samples.Add(_metrics.DeviceEvents, LabelSet.Empty, (ulong)events.Devices);
        samples.Add(_metrics.LinkEvents, LabelSet.Empty, (ulong)events.Links);
        foreach (var (labels, isOpen) in _interfaces)
        {
            samples.Add(_metrics.Interfaces, labels, isOpen);
        }

        return CollectOutcome.Collected;
    }
}
