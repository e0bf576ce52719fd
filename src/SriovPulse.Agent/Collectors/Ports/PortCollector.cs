using System.Collections.Concurrent;
using SriovPulse.Agent.DriverTables;
using SriovPulse.Agent.Inventory;
using SriovPulse.Agent.Metrics;
using SriovPulse.Agent.PortStatistics;
using SriovPulse.Agent.VfStatistics;

namespace SriovPulse.Agent.Collectors.Ports;

/// <summary>What the wire carries, and what the device threw away.</summary>
internal sealed class PortCollector(PortReadings readings, RtnlClock rtnl) : ICollector
{
    private readonly PortMetrics _metrics = new();
    private readonly Dictionary<PhysicalFunction, LabelSet[]> _discardLabels = [];
    private readonly ConcurrentDictionary<PhysicalFunction, string> _sources = [];
    private HostInventory? _inventory;

    public string Name => "ports";

    public MetricSet Metrics => _metrics;

    /// <summary>Where a PF's port counters come from; empty when they are not known.</summary>
    public string SourceOf(PhysicalFunction pf) => _sources.GetValueOrDefault(pf, string.Empty);

    public CollectOutcome Collect(CollectionContext context, SampleBuffer samples)
    {
        if (!ReferenceEquals(context.Inventory, _inventory))
        {
            _inventory = context.Inventory;
            _discardLabels.Clear();
            _sources.Clear();
        }

        var outcome = CollectOutcome.NoData;
        foreach (var pf in context.Inventory.PhysicalFunctions)
        {
            if (readings.Of(context.Inventory, pf) is not { } reading)
            {
                continue;
            }

            var start = rtnl.Start();
            var told = reading.TryRead();
            rtnl.Stop(start);
            if (told)
            {
                outcome = CollectOutcome.Collected;
                _sources.TryAdd(pf, reading.Source);
                Add(pf, reading, samples);
            }
        }

        return outcome;
    }

    private void Add(PhysicalFunction pf, PortReading reading, SampleBuffer samples)
    {
        var counters = reading.Counters;
        AddIf(samples, _metrics.ReceiveBytes, pf, counters.ReceiveBytes);
        AddIf(samples, _metrics.TransmitBytes, pf, counters.TransmitBytes);
        AddIf(samples, _metrics.ReceivePackets, pf, counters.ReceivePackets);
        AddIf(samples, _metrics.TransmitPackets, pf, counters.TransmitPackets);
        if (reading.Discards is not { IsEmpty: false } discards)
        {
            return;
        }

        var labels = DiscardLabels(pf);
        foreach (var reason in Enum.GetValues<DiscardReason>())
        {
            AddDiscard(samples, _metrics.ReceiveDiscards, discards, TrafficDirection.Receive, reason, reading, labels);
            AddDiscard(samples, _metrics.TransmitDiscards, discards, TrafficDirection.Transmit, reason, reading, labels);
        }
    }

    private static void AddDiscard(
        SampleBuffer samples, MetricFamily family, DiscardSelection discards, TrafficDirection direction, DiscardReason reason, PortReading reading, LabelSet[] labels)
    {
        if (discards.IsPresent(direction, reason))
        {
            samples.Add(family, labels[(int)reason], reading.DiscardSums[DiscardSelection.Slot(direction, reason)]);
        }
    }

    private static void AddIf(SampleBuffer samples, MetricFamily family, PhysicalFunction pf, ulong? value)
    {
        if (value is { } told)
        {
            samples.Add(family, pf.Labels, told);
        }
    }

    private LabelSet[] DiscardLabels(PhysicalFunction pf)
    {
        if (!_discardLabels.TryGetValue(pf, out var labels))
        {
            labels = [.. Enum.GetValues<DiscardReason>().Select(r => LabelSet.Create(("pf", pf.Label), ("reason", r.Label())))];
            _discardLabels.Add(pf, labels);
        }

        return labels;
    }
}
