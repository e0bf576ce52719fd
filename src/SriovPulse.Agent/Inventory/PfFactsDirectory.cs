using SriovPulse.Agent.PortStatistics;
using SriovPulse.Agent.VfStatistics;
using SriovPulse.Linux.Devlink;
using SriovPulse.Linux.Ethtool;
using SriovPulse.Linux.Files;
using SriovPulse.Linux.Netlink;
using SriovPulse.Linux.Sysfs;

namespace SriovPulse.Agent.Inventory;

/// <summary>Keeps <see cref="PfFacts"/> of every PF; asks again after an event, and after half a minute.</summary>
internal sealed class PfFactsDirectory(DirectoryHandle root, KernelDoors doors, HostEvents events, RtnlClock rtnl, TimeProvider time) : IDisposable
{
    private readonly PciBus _pci = new(root);
    private readonly NetworkDevices _netdevs = new(root);
    private readonly PortReadings _ports = new(doors.Ioctl);
    // Any netdev's event may concern a PF's facts, and a busy host has many of them.
    private readonly Freshness _freshness = new(time, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(1));
    private readonly Lock _gate = new();
    private Dictionary<string, PfFacts> _facts = [];
    private HostInventory? _inventory;
    private HashSet<string>? _representedDevices;

    /// <summary>The facts of a PF of the current inventory.</summary>
    public PfFacts Of(HostInventory inventory, PhysicalFunction pf)
    {
        lock (_gate)
        {
            var due = _freshness.IsDue(events.Links + events.Devices);
            if (due || !ReferenceEquals(inventory, _inventory))
            {
                doors.Ethtool?.Forget();
                _representedDevices = null;
                _facts = inventory.PhysicalFunctions.ToDictionary(p => p.DevicePath, p => Read(inventory, p));
                _inventory = inventory;
            }

            return _facts.GetValueOrDefault(pf.DevicePath, PfFacts.Unknown);
        }
    }

    /// <summary>The facts as last read, without asking anew.</summary>
    public PfFacts Known(PhysicalFunction pf)
    {
        lock (_gate)
        {
            return _facts.GetValueOrDefault(pf.DevicePath, PfFacts.Unknown);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _pci.Dispose();
        _netdevs.Dispose();
        _ports.Dispose();
    }

    private PfFacts Read(HostInventory inventory, PhysicalFunction pf)
    {
        var start = rtnl.Start();
        var (driver, modes, portSource) = (ReadDriver(pf), ReadModes(pf), ReadPortSource(inventory, pf));
        rtnl.Stop(start);
        return new PfFacts(driver, modes, ReadEswitch(pf), ReadPcie(pf), ReadBond(pf), portSource);
    }

    /// <summary>Reads the port once: only then it is known whether the driver has the statistics that its others have.</summary>
    private string ReadPortSource(HostInventory inventory, PhysicalFunction pf)
    {
        if (_ports.Of(inventory, pf) is not { } port)
        {
            return string.Empty;
        }

        try
        {
            port.TryRead();
        }
        catch (EthtoolException)
        {
            // As good as not told.
        }

        return port.Source;
    }

    private double? ReadPcie(PhysicalFunction pf) =>
        pf.Address is { } address && _pci.ReadCurrentLink(address) is { HasValue: true } link ? link.Value.BytesPerSecond : null;

    private string? ReadBond(PhysicalFunction pf) => pf.Netdev is { } netdev && _netdevs.ReadMaster(netdev).TryGet(out var bond) ? bond : null;

    // A PF whose netdev another namespace holds, or that is going away, does not answer; what cannot be told stays absent.
    private DriverInformation? ReadDriver(PhysicalFunction pf)
    {
        if (pf.IfIndex == 0 || doors.Ioctl is null)
        {
            return null;
        }

        try
        {
            return doors.Ioctl.TryReadDriver(pf.Netdev!, out var driver) ? driver : null;
        }
        catch (EthtoolException)
        {
            return null;
        }
    }

    private LinkModes? ReadModes(PhysicalFunction pf)
    {
        if (pf.IfIndex == 0 || doors.Ethtool is null)
        {
            return null;
        }

        try
        {
            return doors.Ethtool.TryReadLinkModes(pf.IfIndex, out var modes) ? modes : null;
        }
        catch (Exception e) when (e is NetlinkException or NetlinkFormatException)
        {
            return null;
        }
    }

    private EswitchMode ReadEswitch(PhysicalFunction pf)
    {
        if (doors.Devlink is null || pf.IfIndex == 0)
        {
            return EswitchMode.NotTold;
        }

        var slash = pf.DevicePath.LastIndexOf('/');
        try
        {
            var device = pf.Address is { } address ? DevlinkDevice.OfPci(address) : new(pf.Driver, pf.DevicePath[(slash + 1)..]);
            var mode = doors.Devlink.ReadEswitchMode(device);
            return mode == EswitchMode.Denied ? InferEswitch(doors.Devlink, device, pf) : mode;
        }
        catch (Exception e) when (e is NetlinkException or NetlinkFormatException)
        {
            return EswitchMode.NotTold;
        }
    }

    /// <summary>
    /// The mode is told to CAP_NET_ADMIN only, the ports of VFs to everybody; and a device has those in switchdev mode and in no other. Without VFs there is
    /// nothing to infer from.
    /// </summary>
    private EswitchMode InferEswitch(DevlinkClient devlink, DevlinkDevice device, PhysicalFunction pf)
    {
        _representedDevices ??= [.. devlink.ReadPorts().Where(static port => port.Flavour == PortFlavour.PciVf).Select(static port => port.Device.Name)];
        return _representedDevices.Contains(device.Name) ? EswitchMode.Switchdev
            : pf.VirtualFunctions.Count > 0 ? EswitchMode.Legacy
            : EswitchMode.Denied;
    }
}
