using SriovPulse.Agent.Inventory;
using SriovPulse.Agent.Metrics;
using SriovPulse.Agent.VfStatistics;
using SriovPulse.Core;

namespace SriovPulse.Agent.Collectors.VfCounters;

/// <summary>The VFs' counters, and for each VF whether it has any and why not.</summary>
internal sealed class VfCounterCollector(PfReadings readings) : ICollector
{
    private readonly VfCounterMetrics _metrics = new();
    private readonly Dictionary<LabelSet, LabelSet[]> _unavailable = [];
    private HostInventory? _inventory;

    public string Name => "vf-counters";

    public MetricSet Metrics => _metrics;

    public CollectOutcome Collect(CollectionContext context, SampleBuffer samples)
    {
        if (!ReferenceEquals(context.Inventory, _inventory))
        {
            _inventory = context.Inventory;
            _unavailable.Clear();
        }

        readings.ForEach(context, (this, samples), static (state, pf, reading) => state.Item1.Add(pf, reading, state.samples));
        return context.Inventory.VirtualFunctionCount == 0 ? CollectOutcome.NoData : CollectOutcome.Collected;
    }

    private void Add(PhysicalFunction pf, PfReading reading, SampleBuffer samples)
    {
        var outcomes = reading.Outcomes;
        for (var i = 0; i < outcomes.Length; i++)
        {
            var vf = pf.VirtualFunctions[i];
            ref readonly var outcome = ref outcomes[i];
            if (outcome.Reason != VfStatisticsReason.None)
            {
                samples.Add(_metrics.Available, Unavailable(vf, outcome.Reason), 0UL);
                continue;
            }

            samples.AddOne(_metrics.Available, vf.Labels);
            for (var counter = VfCounter.ReceiveBytes; counter <= VfCounter.TransmitDroppedPackets; counter++)
            {
                if (outcome.Counters.TryGet(counter, out var value))
                {
                    samples.Add(_metrics[counter], vf.Labels, value, outcome.CreatedUnixMilliseconds);
                }
            }
        }
    }

    private LabelSet Unavailable(VirtualFunction vf, VfStatisticsReason reason)
    {
        if (!_unavailable.TryGetValue(vf.Labels, out var byReason))
        {
            byReason = new LabelSet[(int)VfStatisticsReason.NoSource + 1];
            _unavailable.Add(vf.Labels, byReason);
        }

        return byReason[(int)reason] ??= LabelSet.Create([.. vf.Labels.Pairs.Select(p => (p.Key, p.Value)), ("reason", VfStatisticsReasonText.Of(reason))]);
    }
}
