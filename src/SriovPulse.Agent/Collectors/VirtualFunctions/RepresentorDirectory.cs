using SriovPulse.Agent.Inventory;
using SriovPulse.Agent.Logging;
using SriovPulse.Linux.Devlink;
using SriovPulse.Linux.Netlink;

namespace SriovPulse.Agent.Collectors.VirtualFunctions;

/// <summary>Which netdev represents which VF on its PF's switch, as devlink's ports tell (switchdev mode).</summary>
/// <param name="ports">Reads the ports; empty where there is no devlink.</param>
/// <param name="events">Told of changes.</param>
/// <param name="time">Clock.</param>
/// <param name="log">Told when the ports cannot be read.</param>
internal sealed class RepresentorDirectory(Func<IReadOnlyList<DevlinkPort>> ports, HostEvents events, TimeProvider time, TroubleLog log)
{
    private const string Subject = "devlink";

    private readonly Freshness _freshness = new(time, TimeSpan.FromSeconds(30));
    private readonly Dictionary<(string Device, int Vf), string> _netdevs = [];
    private HostInventory? _inventory;
    private bool _failed;

    /// <summary>Reads anew when something may have changed.</summary>
    public void Refresh(HostInventory inventory)
    {
        if (!_freshness.IsDue(events.Links) && !_failed && ReferenceEquals(inventory, _inventory))
        {
            return;
        }

        _inventory = inventory;
        _netdevs.Clear();
        foreach (var port in Ports())
        {
            if (port is { Flavour: PortFlavour.PciVf, VfNumber: { } vf, Netdev: { } netdev })
            {
                _netdevs.TryAdd((port.Device.Name, vf), netdev);
            }
        }
    }

    // A representor's name is the least of what is told of a VF; without it the rest still is, and the next collection asks again.
    private IReadOnlyList<DevlinkPort> Ports()
    {
        _failed = true;
        try
        {
            var told = ports();
            _failed = false;
            log.Observe(Subject, null);
            return told;
        }
        catch (Exception e) when (e is NetlinkException or NetlinkFormatException)
        {
            log.Observe(Subject, e);
            return [];
        }
    }

    /// <summary>The VF's representor; null when it has none.</summary>
    public string? Of(PhysicalFunction pf, VirtualFunction vf) =>
        _netdevs.Count > 0 && _netdevs.TryGetValue((pf.DevicePath[(pf.DevicePath.LastIndexOf('/') + 1)..], vf.Index), out var netdev) ? netdev : null;
}
