using SriovPulse.Agent.Inventory;
using SriovPulse.Agent.Metrics;
using SriovPulse.Linux.Sysfs;

namespace SriovPulse.Agent.Collectors.Aer;

/// <summary>PCI Express errors of the PFs.</summary>
internal sealed class AerCollector(PciBus pci) : ICollector
{
    private static readonly AerSeverity[] s_severities = Enum.GetValues<AerSeverity>();
    private static readonly string[] s_labels = ["correctable", "nonfatal", "fatal"];

    private readonly AerMetrics _metrics = new();
    private readonly Dictionary<PhysicalFunction, LabelSet[]> _labels = [];
    private HostInventory? _inventory;

    public string Name => "aer";

    public MetricSet Metrics => _metrics;

    public CollectOutcome Collect(CollectionContext context, SampleBuffer samples)
    {
        if (!ReferenceEquals(context.Inventory, _inventory))
        {
            _inventory = context.Inventory;
            _labels.Clear();
        }

        var outcome = CollectOutcome.NoData;
        foreach (var pf in context.Inventory.PhysicalFunctions)
        {
            if (pf.Address is not { } address)
            {
                continue;
            }

            for (var i = 0; i < s_severities.Length; i++)
            {
                var total = pci.ReadAerTotal(address, s_severities[i]);
                if (total.HasValue)
                {
                    samples.Add(_metrics.Errors, LabelsOf(pf)[i], total.Value);
                    outcome = CollectOutcome.Collected;
                }
            }
        }

        return outcome;
    }

    private LabelSet[] LabelsOf(PhysicalFunction pf)
    {
        if (!_labels.TryGetValue(pf, out var labels))
        {
            labels = [.. s_labels.Select(severity => LabelSet.Create(("pf", pf.Label), ("severity", severity)))];
            _labels.Add(pf, labels);
        }

        return labels;
    }
}
