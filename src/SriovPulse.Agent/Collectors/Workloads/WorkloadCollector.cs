using System.Globalization;
using SriovPulse.Agent.Metrics;
using SriovPulse.Agent.Ownership;

namespace SriovPulse.Agent.Collectors.Workloads;

/// <summary>Exports who owns the VFs. Between changes of owners it repeats label sets that it has made once.</summary>
public sealed class WorkloadCollector : ICollector
{
    private readonly OwnershipCache _cache;
    private readonly HashSet<string> _labels;
    private readonly WorkloadMetrics _metrics = new();
    private readonly List<(MetricFamily Family, LabelSet Labels, ulong Value)> _series = [];
    private VfOwners? _owners;

    /// <summary>Makes the collector.</summary>
    /// <param name="cache">Shared with the collector that counts assigned and free VFs.</param>
    /// <param name="options">Says which of the VMs' labels to export.</param>
    public WorkloadCollector(OwnershipCache cache, OwnershipOptions options)
    {
        _cache = cache;
        _labels = options.Labels.ToHashSet(StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public string Name => "workloads";

    /// <inheritdoc/>
    public MetricSet Metrics => _metrics;

    /// <inheritdoc/>
    public CollectOutcome Collect(CollectionContext context, SampleBuffer samples)
    {
        var owners = _cache.Get(context);
        if (!ReferenceEquals(owners, _owners))
        {
            _series.Clear();
            AddOwners(owners);
            AddSources(owners);
            _owners = owners;
        }

        foreach (var (family, labels, value) in _series)
        {
            samples.Add(family, labels, value);
        }

        return _series.Count == 0 ? CollectOutcome.NoData : CollectOutcome.Collected;
    }

    private void AddOwners(VfOwners owners)
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var pf in owners.Inventory.PhysicalFunctions)
        {
            foreach (var vf in pf.VirtualFunctions)
            {
                if (!owners.TryGetOwner(vf.Ordinal, out var owner))
                {
                    continue;
                }

                var workload = owner.Workload;
                _series.Add((_metrics.Owner, LabelSet.Create(
                    ("pf", pf.Label),
                    ("vf", vf.Index.ToString(CultureInfo.InvariantCulture)),
                    ("kind", OwnershipLabels.Of(workload.Kind)),
                    ("name", workload.Name),
                    ("uuid", workload.Uuid),
                    ("workload_namespace", workload.Namespace),
                    ("managed_by", workload.ManagedBy),
                    ("source", OwnershipLabels.Of(owner.Source))), 1));

                // One VM may own several VFs, and two sources may know it to different depths; the series are the VM's, so one of them speaks.
                if (workload.Uuid.Length > 0 && told.Add(workload.Uuid))
                {
                    AddWorkload(workload);
                }
            }
        }
    }

    private void AddWorkload(Workload workload)
    {
        var uuid = LabelSet.Create(("uuid", workload.Uuid));
        if (workload.MemoryBytes is { } memory)
        {
            _series.Add((_metrics.Memory, uuid, memory));
        }

        if (workload.Vcpus is { } vcpus)
        {
            _series.Add((_metrics.Vcpus, uuid, (ulong)vcpus));
        }

        (string, string)[] labels =
        [
            ("uuid", workload.Uuid),
            .. workload.Labels.Where(label => _labels.Count == 0 || _labels.Contains(label.Key)).Select(static label => ("label_" + label.Key, label.Value)),
        ];
        if (labels.Length > 1)
        {
            _series.Add((_metrics.Labels, LabelSet.Create(labels), 1));
        }
    }

    private void AddSources(VfOwners owners)
    {
        if (owners.Inventory.VirtualFunctionCount == 0)
        {
            return;
        }

        foreach (var state in owners.Sources)
        {
            if (state.Access is not (SourceAccess.NotPresent or SourceAccess.Pending))
            {
                _series.Add((_metrics.SourceReadable, LabelSet.Create(
                    ("source", OwnershipLabels.Of(state.Source)),
                    ("reason", OwnershipLabels.Of(state.Access))), state.Access == SourceAccess.Readable ? 1UL : 0UL));
            }
        }

        _series.Add((_metrics.Conflicts, LabelSet.Empty, (ulong)owners.Conflicts));
        _series.Add((_metrics.Ambiguous, LabelSet.Empty, (ulong)owners.Ambiguous));
    }
}
