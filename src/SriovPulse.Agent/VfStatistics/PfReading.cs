using SriovPulse.Agent.DriverTables;
using SriovPulse.Agent.Inventory;
using SriovPulse.Core;
using SriovPulse.Linux.Devlink;
using SriovPulse.Linux.Files;
using SriovPulse.Linux.Netlink;
using SriovPulse.Linux.Rtnetlink;
using SriovPulse.Linux.Sysfs;

namespace SriovPulse.Agent.VfStatistics;

/// <summary>
/// What one collection read of a PF: its link with the configuration of its VFs, and the VFs' counters from the best source that is true. The kernel is
/// asked once, whoever needs the answer.
/// </summary>
internal sealed class PfReading(DirectoryHandle root, NetworkDevices netdevs, RtnlClock rtnl) : IDisposable
{
    private readonly LinkReading _link = new();
    private readonly LinkReading _sampled = new();
    private VfCounterHistory[] _history = [];
    private VfOutcome[] _outcomes = [];
    private int[] _linkPosition = [];
    private int[] _indexes = [];
    private VfCounters[] _vendorCounters = [];
    private ReadStatus[] _vendorStatuses = [];
    private VendorVfStatistics? _vendor;
    private VfStatisticsCapability _capability = VfStatisticsTable.For(string.Empty);
    private PhysicalFunction? _pf;
    private bool _seenTraffic;
    private bool _vendorTold;

    /// <summary>The collection that this was read in.</summary>
    public object? Round { get; private set; }

    /// <summary>The PF's link; null when it has no netdev here or could not be read.</summary>
    public LinkReading? Link { get; private set; }

    /// <summary>Why the link could not be read; null when it was, or when there is none.</summary>
    public Exception? LinkError { get; private set; }

    /// <summary>How long the last query waited for others' to end.</summary>
    public double SecondsWaited { get; private set; }

    /// <summary>One outcome per VF, in the order of <see cref="PhysicalFunction.VirtualFunctions"/>.</summary>
    public ReadOnlySpan<VfOutcome> Outcomes => _outcomes.AsSpan(0, _pf?.VirtualFunctions.Count ?? 0);

    /// <summary>Reads the PF for a collection.</summary>
    /// <param name="round">The collection.</param>
    /// <param name="pf">The PF.</param>
    /// <param name="client">Netlink; null in tests without.</param>
    /// <param name="eswitch">Mode of the PF's embedded switch.</param>
    /// <param name="now">Start of the collection.</param>
    public void Read(object round, PhysicalFunction pf, RtnetlinkClient? client, EswitchMode eswitch, DateTimeOffset now)
    {
        Round = round;
        if (!ReferenceEquals(pf, _pf))
        {
            Adopt(pf);
        }

        var unix = now.ToUnixTimeMilliseconds();
        var vendorTold = ReadVendor(pf, unix);
        ReadLink(pf, client, withCounters: !vendorTold);
        if (!vendorTold)
        {
            // The mode is told to CAP_NET_ADMIN only. A port with a switch id may be in switchdev mode: a counter that is absent does less harm than a false zero.
            var switchdev = eswitch == EswitchMode.Switchdev || (eswitch != EswitchMode.Legacy && !string.IsNullOrEmpty(Link?.PhysSwitchId));
            _capability = VfStatisticsTable.For(pf.Driver, switchdev, Link?.IsInfiniBand ?? false);
            ReadRtnetlink(pf, unix);
        }
    }

    /// <summary>The configuration of a VF as the kernel told it; false when the kernel left it out.</summary>
    /// <param name="position">Position in <see cref="PhysicalFunction.VirtualFunctions"/>.</param>
    /// <param name="vf">The configuration.</param>
    public bool TryGetVf(int position, out VfReading vf)
    {
        vf = default;
        if (Link is null || _linkPosition[position] < 0)
        {
            return false;
        }

        vf = _link.Vfs[_linkPosition[position]];
        return true;
    }

    /// <summary>
    /// Reads only the VFs' bytes, for sampling, from the sources that the last collection found to be true. What it did not show is not sampled.
    /// </summary>
    /// <param name="client">Netlink.</param>
    /// <param name="into">Receives a value per VF, in the order of <see cref="PhysicalFunction.VirtualFunctions"/>.</param>
    /// <param name="portWasRead">Whether the port's statistics have just been read, which some drivers need to bring the VFs' up to date.</param>
    /// <returns>False when nothing could be read.</returns>
    public bool TrySample(RtnetlinkClient? client, Span<VfBytes> into, bool portWasRead)
    {
        into.Clear();
        SecondsWaited = 0;
        if (_capability.Refresh == VfStatisticsRefresh.Unknown || (_capability.Refresh == VfStatisticsRefresh.WithPort && !portWasRead))
        {
            return false;
        }

        var any = false;
        var asked = false;
        for (var i = 0; i < _outcomes.Length; i++)
        {
            if (_outcomes[i].Reason != VfStatisticsReason.None)
            {
                continue;
            }

            var counters = default(VfCounters);
            switch (_outcomes[i].Source)
            {
                case VfStatisticsSource.SysfsDirectory or VfStatisticsSource.SysfsFile:
                    if (!asked)
                    {
                        _vendor?.Read(_indexes, _vendorCounters, _vendorStatuses, bytesOnly: true);
                    }

                    asked = true;
                    counters = _vendorCounters[i];
                    break;
                case VfStatisticsSource.Rtnetlink:
                    if (!asked && !TrySampleLink(client))
                    {
                        return any;
                    }

                    asked = true;
                    counters = Sampled(i);
                    break;
            }

            into[i] = counters.TryGet(VfCounter.ReceiveBytes, out var received) && counters.TryGet(VfCounter.TransmitBytes, out var transmitted)
                ? new(received, transmitted, true)
                : default;
            any |= into[i].IsKnown;
        }

        return any;
    }

    /// <inheritdoc/>
    public void Dispose() => _vendor?.Dispose();

    private bool TrySampleLink(RtnetlinkClient? client)
    {
        // A dump of all links is too dear to be taken many times a second.
        if (client is null || Link is null || Link.WasTooLong)
        {
            return false;
        }

        try
        {
            Ask(client, _pf!.IfIndex, LinkDetail.VfsWithStats, _sampled);
            return true;
        }
        catch (Exception e) when (e is NetlinkException or NetlinkFormatException)
        {
            return false;
        }
    }

    /// <summary>One netlink session serves all PFs, as one lock in the kernel does. Waiting for it here is no time that the kernel is kept busy.</summary>
    private void Ask(RtnetlinkClient client, int ifIndex, LinkDetail detail, LinkReading into)
    {
        var waiting = rtnl.Start();
        lock (client)
        {
            SecondsWaited = rtnl.Since(waiting);
            var start = rtnl.Start();
            try
            {
                client.ReadLink(ifIndex, detail, into);
            }
            finally
            {
                rtnl.Stop(start);
            }
        }
    }

    /// <summary>The VF's counters in the sampled list. It is as long as the collected one, unless VFs are just being made or left out: then none.</summary>
    private VfCounters Sampled(int position)
    {
        var at = _linkPosition[position];
        return at >= 0 && at < _sampled.Vfs.Length && _sampled.Vfs[at].Index == _pf!.VirtualFunctions[position].Index ? _sampled.Vfs[at].Stats : default;
    }

    private void Adopt(PhysicalFunction pf)
    {
        // Another driver's counters are other counters.
        var isNew = _pf is null || _pf.Driver != pf.Driver;
        HashSet<int> known = [.. _indexes];
        if (isNew)
        {
            _seenTraffic = false;
            _vendorTold = false;
            _capability = VfStatisticsTable.For(pf.Driver);
            _vendor?.Dispose();
            _vendor = new VendorVfStatistics(root, pf.DevicePath);
        }

        _pf = pf;
        var count = pf.VirtualFunctions.Count;
        var highest = count == 0 ? 0 : pf.VirtualFunctions[count - 1].Index + 1;

        // A VF index that is gone takes its history along: what comes back under it is another VF.
        var history = new VfCounterHistory[highest];
        foreach (var vf in pf.VirtualFunctions)
        {
            history[vf.Index] = isNew ? default : known.Contains(vf.Index) ? _history[vf.Index] : VfCounterHistory.OfNew;
        }

        _history = history;
        _outcomes = new VfOutcome[count];
        _linkPosition = new int[count];
        _indexes = [.. pf.VirtualFunctions.Select(v => v.Index)];
        _vendorCounters = new VfCounters[count];
        _vendorStatuses = new ReadStatus[count];
    }

    private bool ReadVendor(PhysicalFunction pf, long now)
    {
        if (_vendor!.Read(_indexes, _vendorCounters, _vendorStatuses) is var status and not ReadStatus.Ok && (!_vendorTold || status == ReadStatus.Missing))
        {
            _vendorTold = false;
            return false;
        }

        var any = false;
        var source = _vendor.Form == VendorTreeForm.File ? VfStatisticsSource.SysfsFile : VfStatisticsSource.SysfsDirectory;
        for (var i = 0; i < _outcomes.Length; i++)
        {
            ref var outcome = ref _outcomes[i];
            outcome.Source = source;
            outcome.Counters = _vendorCounters[i];
            if (!outcome.Counters.IsEmpty)
            {
                any = true;
                Judge(ref outcome, pf.VirtualFunctions[i], now);
                continue;
            }

            Withhold(ref outcome, VendorTrouble(i) is var trouble and not VfStatisticsReason.None ? trouble : VfStatisticsReason.MissingInReply);
        }

        // A tree that has told once stays the source, also when all of it cannot be read for a moment: another source's numbers are others.
        _vendorTold |= any;
        return _vendorTold;
    }

    private VfStatisticsReason VendorTrouble(int position) => _vendorStatuses[position] switch
    {
        ReadStatus.Ok or ReadStatus.Missing or ReadStatus.Vanished => VfStatisticsReason.None,
        ReadStatus.Denied => VfStatisticsReason.Denied,
        _ => VfStatisticsReason.ReadFailed,
    };

    private void ReadLink(PhysicalFunction pf, RtnetlinkClient? client, bool withCounters)
    {
        Link = null;
        LinkError = null;
        _linkPosition.AsSpan().Fill(-1);
        if (client is null || pf.IfIndex == 0)
        {
            return;
        }

        try
        {
            Ask(client, pf.IfIndex, withCounters ? LinkDetail.VfsWithStats : LinkDetail.Vfs, _link);
            Link = _link;
        }
        catch (Exception e) when (e is NetlinkException or NetlinkFormatException)
        {
            LinkError = e;
            return;
        }

        if (_link.VfListRecovered)
        {
            rtnl.CountRecovered();
        }

        // Both lists rise by index, and the kernel may leave VFs out.
        var vfs = _link.Vfs;
        for (int i = 0, k = 0; i < _linkPosition.Length; i++)
        {
            while (k < vfs.Length && vfs[k].Index < pf.VirtualFunctions[i].Index)
            {
                k++;
            }

            _linkPosition[i] = k < vfs.Length && vfs[k].Index == pf.VirtualFunctions[i].Index ? k : -1;
        }
    }

    private void ReadRtnetlink(PhysicalFunction pf, long now)
    {
        for (var i = 0; i < _outcomes.Length; i++)
        {
            ref var outcome = ref _outcomes[i];
            outcome.Source = VfStatisticsSource.Rtnetlink;
            var vf = pf.VirtualFunctions[i];
            var isTold = TryGetVf(i, out var told);
            if (isTold && told.HasStats)
            {
                outcome.Counters = told.Stats;
                _seenTraffic |= !outcome.Counters.IsAllZero;
                if (_capability.RemoveFalseZeros(ref outcome.Counters, _seenTraffic))
                {
                    Judge(ref outcome, vf, now);
                }
                else
                {
                    Withhold(ref outcome, _capability.Trust is VfStatisticsTrust.LeftZero ? VfStatisticsReason.DriverUnsupported : VfStatisticsReason.Unproven);
                }
            }
            else
            {
                // A VF that is told without counters is one of a list that was too long for the kernel to send with them.
                Withhold(ref outcome, Link is null ? (LinkError is null ? VfStatisticsReason.NoSource : VfStatisticsReason.ReadFailed)
                    : _link.VfListMissing ? VfStatisticsReason.DriverUnsupported
                    : isTold ? VfStatisticsReason.ReadFailed
                    : VfStatisticsReason.MissingInReply);
            }

            if (outcome.Reason is VfStatisticsReason.DriverUnsupported or VfStatisticsReason.Unproven or VfStatisticsReason.NoSource)
            {
                ReadOwnNetdev(ref outcome, vf, now);
            }

            // That there is a better source, which could not be read, is what whoever looks for the counters has to know.
            if (outcome.Source == VfStatisticsSource.None && VendorTrouble(i) is var trouble and not VfStatisticsReason.None)
            {
                outcome.Reason = trouble;
            }
        }
    }

    private void ReadOwnNetdev(ref VfOutcome outcome, VirtualFunction vf, long now)
    {
        if (vf.Netdev is not null && netdevs.ReadVfCounters(vf.Netdev, out outcome.Counters) == ReadStatus.Ok)
        {
            outcome.Source = VfStatisticsSource.Netdev;
            Judge(ref outcome, vf, now);
        }
        else
        {
            outcome.Source = VfStatisticsSource.None;
        }
    }

    private void Judge(ref VfOutcome outcome, VirtualFunction vf, long now)
    {
        ref var history = ref _history[vf.Index];
        outcome.Reason = history.Observe(outcome.Counters, vf.Generation, outcome.Source, now, outcome.Source switch
        {
            VfStatisticsSource.Netdev => VfZeros.True,
            VfStatisticsSource.Rtnetlink when _capability.Trust != VfStatisticsTrust.Filled => VfZeros.Unproven,
            _ => VfZeros.Doubtful,
        });
        outcome.CreatedUnixMilliseconds = history.CreatedUnixMilliseconds;
        if (outcome.Reason != VfStatisticsReason.None)
        {
            outcome.Counters = default;
        }
    }

    private static void Withhold(ref VfOutcome outcome, VfStatisticsReason reason)
    {
        outcome.Counters = default;
        outcome.Reason = reason;
    }
}
