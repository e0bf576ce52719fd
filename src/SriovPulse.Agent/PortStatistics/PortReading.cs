using SriovPulse.Agent.DriverTables;
using SriovPulse.Agent.Inventory;
using SriovPulse.Linux.Ethtool;
using SriovPulse.Linux.Netlink;

namespace SriovPulse.Agent.PortStatistics;

/// <summary>Reads what a PF's port carries, and what the device threw away, with one query.</summary>
internal sealed class PortReading : IDisposable
{
    /// <summary>So many readings of zeros after something else are believed (hns3 and hinic answer with zeros while their firmware resets).</summary>
    private const int ZerosBelieved = 3;

    private readonly PrivateStatistics _statistics;
    private readonly DriverTables.PortStatistics? _portRow;
    private readonly DiscardStatistics? _discardRow;
    private readonly int _ifIndex;
    private readonly EthtoolNetlinkClient? _ethtool;
    private readonly StandardStatistics _standard = new();
    private readonly ulong[] _sums = new ulong[DiscardSelection.SlotCount];
    private PortStatisticsSelection? _port;
    private bool _hasSeenTraffic;
    private int _zeros;

    private PortReading(
        int ifIndex, PrivateStatistics statistics, EthtoolNetlinkClient? ethtool, DriverTables.PortStatistics? portRow, DiscardStatistics? discardRow)
    {
        _ifIndex = ifIndex;
        _ethtool = ethtool;
        _statistics = statistics;
        _portRow = portRow;
        _discardRow = discardRow;
    }

    /// <summary>The counters; none where the driver's are not known.</summary>
    public PortCounters Counters { get; private set; }

    /// <summary>Which discards the device counts; null when none are known.</summary>
    public DiscardSelection? Discards { get; private set; }

    /// <summary>The discards, by <see cref="DiscardSelection.Slot"/>.</summary>
    public ReadOnlySpan<ulong> DiscardSums => _sums;

    /// <summary>Whether the counters are up to date whenever they are read. Where they advance at a time of their own, short intervals show bursts that are none.</summary>
    public bool IsFreshAtRead => _portRow?.RefreshPeriod == TimeSpan.Zero;

    /// <summary>Value of <c>port_stats_source</c>; empty when the port's counters are not known.</summary>
    public string Source { get; private set; } = string.Empty;

    /// <summary>Makes a reader; null when nothing is known of the PF's driver.</summary>
    public static PortReading? TryCreate(PhysicalFunction pf, EthtoolIoctl ioctl, EthtoolNetlinkClient? ethtool)
    {
        var hasPort = PortStatisticsTable.TryGet(pf.Driver, out var port);
        var hasDiscards = DiscardReasonTable.TryGet(pf.Driver, out var discards);
        return pf.IfIndex == 0 || (!hasPort && !hasDiscards) ? null : new PortReading(pf.IfIndex, ioctl.PrivateStatistics(pf.Netdev!), ethtool, port, discards);
    }

    /// <summary>Reads; false when the device does not answer, or answers with the zeros of a reset.</summary>
    /// <exception cref="EthtoolException">The kernel refused otherwise.</exception>
    public bool TryRead()
    {
        Counters = default;
        if (!_statistics.TryRead(out var values))
        {
            Source = string.Empty;
            _port = null;
            return false;
        }

        if (_portRow is not null && !ReferenceEquals(_port?.Names, _statistics.Names))
        {
            _port = new PortStatisticsSelection(_portRow, _statistics.Names);
            Source = _port.IsEmpty ? string.Empty : "ethtool";
        }

        if (_discardRow is not null && !ReferenceEquals(Discards?.Names, _statistics.Names))
        {
            Discards = new DiscardSelection(_discardRow, _statistics.Names);
        }

        Discards?.Sum(values, _sums);
        return Take(_port?.Take(values) ?? default);
    }

    /// <summary>
    /// Reads the counters alone, for sampling: by the standard MAC statistics where they are the same, because for the private ones a driver fetches all that it has.
    /// </summary>
    /// <exception cref="EthtoolException">The kernel refused otherwise.</exception>
    /// <exception cref="NetlinkException">The kernel refused otherwise.</exception>
    public bool TryReadCounters()
    {
        if (_ethtool is not null && _portRow is { InStandardMacGroup: true } && _ethtool.TryReadStatistics(_ifIndex, StandardGroups.Mac, _standard))
        {
            return Take(PortCounters.OfStandardMac(_standard));
        }

        return TryRead();
    }

    private bool Take(PortCounters counters)
    {
        Counters = default;
        if (counters.IsAllZero && _hasSeenTraffic && ++_zeros < ZerosBelieved)
        {
            return false;
        }

        _hasSeenTraffic = !counters.IsAllZero;
        _zeros = 0;
        Counters = counters;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _statistics.Dispose();
}
