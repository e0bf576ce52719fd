using SriovPulse.Agent.Collection;
using SriovPulse.Agent.Configuration;
using SriovPulse.Core;
using SriovPulse.Linux.Files;
using SriovPulse.Linux.Netlink;
using SriovPulse.Linux.Rtnetlink;
using SriovPulse.Linux.Sysfs;

namespace SriovPulse.Agent.Inventory;

/// <summary>
/// Finds the PFs and their VFs anew at each reading: the list of PCI functions and every PF's <c>virtfnN</c> links are read each time; what an event
/// would tell of (drivers, groups, netdevs) only when one did, or after half a minute.
/// </summary>
internal sealed class InventoryReader : IInventorySource, IDisposable
{
    private static readonly TimeSpan s_longestWithoutLook = TimeSpan.FromSeconds(30);

    private readonly PciBus _pci;
    private readonly NetworkDevices _netdevs;
    private readonly NetdevsimBus _netdevsim;
    private readonly List<string> _devices = [];
    private readonly LinkDirectory _links;
    private readonly HostEvents _events;
    private readonly PhysicalFunctionOptions _selection;
    private readonly Freshness _deviceFreshness;
    private readonly Freshness _linkFreshness;
    private readonly List<PciAddress> _functions = [];
    private readonly HashSet<PciAddress> _noPfs = [];
    private readonly SortedDictionary<PciAddress, PfState> _pfs = [];
    private readonly List<PciAddress> _gone = [];
    private List<OtherBusPf> _otherBus = [];
    private HostInventory _current = HostInventory.Empty;
    private bool _linksDue;

    public InventoryReader(DirectoryHandle root, RtnetlinkClient? links, HostEvents events, PhysicalFunctionOptions selection, TimeProvider time)
    {
        _pci = new PciBus(root);
        _netdevs = new NetworkDevices(root);
        _netdevsim = new NetdevsimBus(root);
        _links = new LinkDirectory(links);
        _events = events;
        _selection = selection;
        _deviceFreshness = new Freshness(time, s_longestWithoutLook);
        _linkFreshness = new Freshness(time, s_longestWithoutLook);
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The list of PCI functions cannot be read.</exception>
    public HostInventory Read()
    {
        var changed = false;
        var devicesDue = _deviceFreshness.IsDue(_events.Devices);
        if (devicesDue)
        {
            // An address may have been given to another device.
            _noPfs.Clear();
        }

        changed |= ReadPciPfs(devicesDue);
        _linksDue |= _linkFreshness.IsDue(_events.Links) || changed;
        Exception? trouble = null;
        if (_linksDue)
        {
            changed |= RefreshLinks(out trouble);
            changed |= FindOtherBusPfs();
        }

        changed |= CountOtherBusVfs();
        if (changed || _current.Revision == 0)
        {
            _current = Build(_current.Revision + 1);
        }

        return trouble is null ? _current : throw new IncompleteInventoryException(_current, trouble);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _pci.Dispose();
        _netdevs.Dispose();
        _netdevsim.Dispose();
    }

    /// <summary>Reads the netdevs; when that fails those known before stay, and the next reading tries again.</summary>
    private bool RefreshLinks(out Exception? trouble)
    {
        trouble = null;
        try
        {
            var changed = _links.Refresh();
            _linksDue = false;
            return changed;
        }
        catch (Exception e) when (e is NetlinkException or NetlinkFormatException)
        {
            trouble = e;
            return false;
        }
    }

    private bool ReadPciPfs(bool devicesDue)
    {
        // A machine without PCI has no such directory; that is no failure.
        if (_pci.ReadFunctions(_functions) is var status and not (ReadStatus.Ok or ReadStatus.Missing))
        {
            throw new IOException($"sys/bus/pci/devices cannot be listed: {status}");
        }

        var changed = false;
        foreach (var pf in _pfs.Values)
        {
            pf.Seen = false;
        }

        foreach (var function in _functions)
        {
            if (_pfs.TryGetValue(function, out var pf))
            {
                pf.Seen = true;
                changed |= pf.Refresh(_pci, devicesDue);
            }
            else if (!_noPfs.Contains(function))
            {
                var total = _pci.ReadTotalVfs(function);
                if (total.HasValue)
                {
                    pf = new PfState(function, total.Value) { Seen = true };
                    pf.Refresh(_pci, true);
                    _pfs.Add(function, pf);
                    changed = true;
                }
                else if (total.Status == ReadStatus.Missing)
                {
                    _noPfs.Add(function);
                }
            }
        }

        return RemoveUnseen() || changed;
    }

    private bool RemoveUnseen()
    {
        _gone.Clear();
        foreach (var (address, pf) in _pfs)
        {
            if (!pf.Seen)
            {
                _gone.Add(address);
            }
        }

        foreach (var address in _gone)
        {
            _pfs.Remove(address);
        }

        return _gone.Count > 0;
    }

    /// <summary>Finds the PFs that are no PCI functions: netdevsim's.</summary>
    private bool FindOtherBusPfs()
    {
        var found = new List<OtherBusPf>();
        _netdevsim.ReadDevices(_devices);
        foreach (var device in _devices)
        {
            if (OwnNetdev(netdevs => _netdevsim.ReadNetdevs(device, netdevs)) is { } netdev)
            {
                found.Add(new(netdev, "netdevsim", device, 0));
            }
        }

        found.Sort(static (a, b) => string.CompareOrdinal(a.Netdev, b.Netdev));
        if (found.Select(f => (f.Netdev, f.Device)).SequenceEqual(_otherBus.Select(o => (o.Netdev, o.Device))))
        {
            return false;
        }

        _otherBus = found;
        return true;
    }

    private bool CountOtherBusVfs()
    {
        var changed = false;
        for (var i = 0; i < _otherBus.Count; i++)
        {
            var count = _netdevsim.ReadVfCount(_otherBus[i].Device).Or(0);
            if (count != _otherBus[i].VfCount)
            {
                _otherBus[i] = _otherBus[i] with { VfCount = count };
                changed = true;
            }
        }

        return changed;
    }

    private HostInventory Build(long revision)
    {
        var builder = new InventoryBuilder(_links, _selection);
        foreach (var pf in _pfs.Values)
        {
            builder.Add(pf, OwnNetdev(netdevs => _pci.ReadNetdevs(pf.Address, netdevs)));
        }

        foreach (var pf in _otherBus)
        {
            builder.Add(pf);
        }

        return builder.Build(revision);
    }

    /// <summary>The one of a PF's netdevs that represents no VF; null when there is none.</summary>
    private string? OwnNetdev(Func<List<string>, ReadStatus> list)
    {
        var names = new List<string>();
        list(names);
        return names.Order(StringComparer.Ordinal).FirstOrDefault(n => _netdevs.ReadPhysicalPortName(n) is not { HasValue: true, Value.IsRepresentor: true });
    }
}
