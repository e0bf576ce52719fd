using SriovPulse.Agent.DriverTables;
using SriovPulse.Agent.Inventory;
using SriovPulse.Agent.Logging;
using SriovPulse.Agent.Metrics;
using SriovPulse.Agent.PortStatistics;
using SriovPulse.Agent.VfStatistics;
using SriovPulse.Linux.Ethtool;

namespace SriovPulse.Agent.Collectors.Ports;

/// <summary>What the wire carries, and what the device threw away.</summary>
internal sealed class PortCollector(PortReadings readings, RtnlClock rtnl, TroubleLog log) : ICollector
{
    private readonly PortMetrics _metrics = new();
    private readonly Dictionary<PhysicalFunction, LabelSet[]> _discardLabels = [];
    private HostInventory? _inventory;

    public string Name => "ports";

    public MetricSet Metrics => _metrics;

    public CollectOutcome Collect(CollectionContext context, SampleBuffer samples)
    {
        if (!ReferenceEquals(context.Inventory, _inventory))
        {
            _inventory = context.Inventory;
            _discardLabels.Clear();
        }

        var outcome = CollectOutcome.NoData;
        EthtoolException? refused = null;
        foreach (var pf in context.Inventory.PhysicalFunctions)
        {
            if (readings.Of(context.Inventory, pf) is { } reading && TryRead(pf, reading, ref refused))
            {
                outcome = CollectOutcome.Collected;
                Add(pf, reading, samples);
            }
        }

        // One device that refuses does not hide the others.
        return outcome == CollectOutcome.NoData && refused is not null ? throw refused : outcome;
    }

    private bool TryRead(PhysicalFunction pf, PortReading reading, ref EthtoolException? refused)
    {
        var start = rtnl.Start();
        try
        {
            var told = reading.TryRead();
            log.Observe(pf.Label, null);
            return told;
        }
        catch (EthtoolException e)
        {
            log.Observe(pf.Label, e);
            refused ??= e;
            return false;
        }
        finally
        {
            rtnl.Stop(start);
        }
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
