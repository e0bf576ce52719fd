using System.Globalization;
using SriovPulse.Agent.Configuration;
using SriovPulse.Agent.Inventory;
using SriovPulse.Agent.Metrics;
using SriovPulse.Agent.VfStatistics;
using SriovPulse.Linux.Devlink;
using SriovPulse.Linux.Rtnetlink;

namespace SriovPulse.Agent.Collectors.PhysicalFunctions;

/// <summary>What each PF is, its link, its own counters and how many VFs it has.</summary>
/// <param name="readings">Shared readings of the PFs.</param>
/// <param name="facts">Kept facts of the PFs.</param>
/// <param name="ownership">Counts owned VFs.</param>
/// <param name="hasPorts">Whether the ports' counters are told, and so where they come from.</param>
/// <param name="options">Tells each PF's physical network.</param>
internal sealed class PhysicalFunctionCollector(
    PfReadings readings,
    PfFactsDirectory facts,
    IVfOwnership ownership,
    bool hasPorts,
    PhysicalFunctionOptions options) : ICollector
{
    private readonly PhysicalFunctionMetrics _metrics = new();
    private readonly Dictionary<PhysicalFunction, (PfFacts Facts, LabelSet Labels)> _infos = [];
    private HostInventory? _inventory;

    public string Name => "physical-functions";

    public MetricSet Metrics => _metrics;

    public CollectOutcome Collect(CollectionContext context, SampleBuffer samples)
    {
        if (!ReferenceEquals(context.Inventory, _inventory))
        {
            _inventory = context.Inventory;
            _infos.Clear();
        }

        readings.ForEach(context, (this, context, samples), static (state, pf, reading) => state.Item1.Add(state.context, pf, reading, state.samples));
        return context.Inventory.PhysicalFunctions.Count == 0 ? CollectOutcome.NoData : CollectOutcome.Collected;
    }

    private void Add(CollectionContext context, PhysicalFunction pf, PfReading reading, SampleBuffer samples)
    {
        var known = facts.Of(_inventory!, pf);
        samples.AddOne(_metrics.PfInfo, InfoOf(pf, known));
        AddIf(samples, _metrics.Speed, pf, reading.Link?.HasCarrier == false ? null : known.SpeedBytesPerSecond);
        AddIf(samples, _metrics.MaxSpeed, pf, known.MaxSpeedBytesPerSecond);
        AddIf(samples, _metrics.PcieBandwidth, pf, known.PcieBytesPerSecond);

        var enabled = pf.VirtualFunctions.Count;
        if (pf.SupportedVfs is { } supported)
        {
            samples.Add(_metrics.VfsSupported, pf.Labels, (ulong)supported);
        }

        samples.Add(_metrics.VfsEnabled, pf.Labels, (ulong)enabled);
        if (ownership.Count(context, pf) is var (assigned, free))
        {
            samples.Add(_metrics.VfsAssigned, pf.Labels, (ulong)assigned);
            samples.Add(_metrics.VfsFree, pf.Labels, (ulong)free);
        }

        if (reading.Link is { } link)
        {
            AddLink(pf, link, samples);
        }
    }

    private void AddLink(PhysicalFunction pf, LinkReading link, SampleBuffer samples)
    {
        if (link.HasCarrier is { } carrier)
        {
            samples.Add(_metrics.Up, pf.Labels, carrier);
        }

        if (link.Mtu is { } mtu)
        {
            samples.Add(_metrics.Mtu, pf.Labels, (ulong)mtu);
        }

        var counted = link.Statistics;
        samples.Add(_metrics.ReceiveBytes, pf.Labels, counted.ReceiveBytes);
        samples.Add(_metrics.TransmitBytes, pf.Labels, counted.TransmitBytes);
        samples.Add(_metrics.ReceivePackets, pf.Labels, counted.ReceivePackets);
        samples.Add(_metrics.TransmitPackets, pf.Labels, counted.TransmitPackets);
        samples.Add(_metrics.ReceiveErrors, pf.Labels, counted.ReceiveErrors);
        samples.Add(_metrics.TransmitErrors, pf.Labels, counted.TransmitErrors);
        samples.Add(_metrics.ReceiveDropped, pf.Labels, counted.ReceiveDropped + counted.ReceiveMissed);
        samples.Add(_metrics.TransmitDropped, pf.Labels, counted.TransmitDropped);
    }

    private static void AddIf(SampleBuffer samples, MetricFamily family, PhysicalFunction pf, double? value)
    {
        if (value is { } told)
        {
            samples.Add(family, pf.Labels, told);
        }
    }

    private LabelSet InfoOf(PhysicalFunction pf, PfFacts known)
    {
        if (_infos.TryGetValue(pf, out var old) && ReferenceEquals(old.Facts, known))
        {
            return old.Labels;
        }

        var address = pf.Address?.ToString() ?? string.Empty;
        var network = options.NetworkOf(pf.Netdev, address) ?? string.Empty;
        var labels = LabelSet.Create(
            ("pf", pf.Label),
            ("pci_address", address),
            ("driver", pf.Driver),
            ("firmware", known.Driver?.FirmwareVersion ?? string.Empty),
            ("vendor_id", Hex(pf.VendorId)),
            ("device_id", Hex(pf.DeviceId)),
            ("numa_node", pf.NumaNode?.ToString(CultureInfo.InvariantCulture) ?? string.Empty),
            ("eswitch_mode", Mode(known.Eswitch)),
            ("physical_network", network),
            ("bond", known.Bond ?? string.Empty),
            ("port_stats_source", hasPorts ? known.PortSource : string.Empty));
        _infos[pf] = (known, labels);
        return labels;
    }

    private static string Hex(ushort id) => id == 0 ? string.Empty : id.ToString("x4", CultureInfo.InvariantCulture);

    private static string Mode(EswitchMode mode) => mode switch
    {
        EswitchMode.Legacy => "legacy",
        EswitchMode.Switchdev => "switchdev",
        _ => string.Empty,
    };
}
