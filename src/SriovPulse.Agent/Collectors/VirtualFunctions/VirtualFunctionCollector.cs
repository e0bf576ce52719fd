using System.Globalization;
using SriovPulse.Agent.Inventory;
using SriovPulse.Agent.Metrics;
using SriovPulse.Agent.VfStatistics;
using SriovPulse.Linux.Rtnetlink;

namespace SriovPulse.Agent.Collectors.VirtualFunctions;

/// <summary>What each VF is and how it is configured.</summary>
internal sealed class VirtualFunctionCollector(PfReadings readings, RepresentorDirectory representors) : ICollector
{
    // rtnetlink counts rates in megabits per second.
    private const ulong BytesPerMegabit = 1_000_000 / 8;

    private readonly VirtualFunctionMetrics _metrics = new();
    private VfIdentity[] _identities = [];
    private LabelSet?[] _infos = [];
    private HostInventory? _inventory;

    public string Name => "virtual-functions";

    public MetricSet Metrics => _metrics;

    public CollectOutcome Collect(CollectionContext context, SampleBuffer samples)
    {
        if (!ReferenceEquals(context.Inventory, _inventory))
        {
            _inventory = context.Inventory;
            _identities = new VfIdentity[_inventory.VirtualFunctionCount];
            _infos = new LabelSet?[_inventory.VirtualFunctionCount];
        }

        representors.Refresh(context.Inventory);
        readings.ForEach(context, (this, samples), static (state, pf, reading) => state.Item1.Add(pf, reading, state.samples));
        return context.Inventory.VirtualFunctionCount == 0 ? CollectOutcome.NoData : CollectOutcome.Collected;
    }

    private void Add(PhysicalFunction pf, PfReading reading, SampleBuffer samples)
    {
        for (var i = 0; i < pf.VirtualFunctions.Count; i++)
        {
            var vf = pf.VirtualFunctions[i];
            var told = reading.TryGetVf(i, out var config);
            samples.AddOne(_metrics.VfInfo, InfoOf(pf, vf, new(told, config, reading.Outcomes[i].Source, representors.Of(pf, vf))));
            if (!told)
            {
                continue;
            }

            if (config.MaxRateMbps > 0)
            {
                samples.Add(_metrics.MaxRate, vf.Labels, config.MaxRateMbps * BytesPerMegabit);
            }

            if (config.MinRateMbps > 0)
            {
                samples.Add(_metrics.MinRate, vf.Labels, config.MinRateMbps * BytesPerMegabit);
            }

            if (LinkUp(config.LinkState, reading.Link?.HasCarrier) is { } up)
            {
                samples.Add(_metrics.LinkUp, vf.Labels, up);
            }
        }
    }

    private static bool? LinkUp(VfLinkState? state, bool? pfHasCarrier) => state switch
    {
        VfLinkState.Enabled => true,
        VfLinkState.Disabled => false,
        VfLinkState.Auto => pfHasCarrier,
        _ => null,
    };

    private LabelSet InfoOf(PhysicalFunction pf, VirtualFunction vf, in VfIdentity identity)
    {
        if (_infos[vf.Ordinal] is { } known && identity.Equals(_identities[vf.Ordinal]))
        {
            return known;
        }

        _identities[vf.Ordinal] = identity;
        var config = identity.Config;
        var info = LabelSet.Create(
            ("pf", pf.Label),
            ("vf", vf.Index.ToString(CultureInfo.InvariantCulture)),
            ("pci_address", vf.Address?.ToString() ?? string.Empty),
            ("driver", vf.Driver),
            ("mac", identity.Told ? config.Mac.ToString() : string.Empty),
            ("vlan", identity.Told ? config.Vlan.ToString(CultureInfo.InvariantCulture) : string.Empty),
            ("vlan_proto", identity.Told && config.Vlan != 0 ? Protocol(config.VlanProtocol) : string.Empty),
            ("trust", OnOff(config.Trust)),
            ("spoof_check", OnOff(config.SpoofCheck)),
            ("link_state", State(config.LinkState)),
            ("iommu_group", vf.IommuGroup?.ToString(CultureInfo.InvariantCulture) ?? string.Empty),
            ("numa_node", vf.NumaNode?.ToString(CultureInfo.InvariantCulture) ?? string.Empty),
            ("representor", identity.Representor ?? string.Empty),
            ("stats_source", VfStatisticsSourceText.Of(identity.Source)));
        _infos[vf.Ordinal] = info;
        return info;
    }

    private static string OnOff(bool? value) => value switch
    {
        true => "on",
        false => "off",
        null => string.Empty,
    };

    private static string State(VfLinkState? state) => state switch
    {
        VfLinkState.Auto => "auto",
        VfLinkState.Enabled => "enable",
        VfLinkState.Disabled => "disable",
        _ => string.Empty,
    };

    // EtherTypes of IEEE 802.1Q and 802.1ad tags.
    private static string Protocol(ushort protocol) => protocol switch
    {
        0x8100 or 0 => "802.1q",
        0x88a8 => "802.1ad",
        _ => protocol.ToString("x4", CultureInfo.InvariantCulture),
    };
}
