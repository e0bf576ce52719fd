using System.Text;
using SriovPulse.Linux.Rtnetlink;
using SriovPulse.Linux.Sysfs;

namespace SriovPulse.Agent.Inventory;

/// <summary>
/// The running kernel's netdevs by the device they belong to. Netlink and sysfs are joined by this device (a PCI address), never by name: the agent may
/// read the files of another root, where a name means another netdev.
/// </summary>
internal sealed class LinkDirectory(RtnetlinkClient? client)
{
    private readonly List<LinkReading> _links = [];
    private readonly Dictionary<string, LinkEntry> _byDevice = [];

    /// <summary>Reads all netdevs anew; true when something differs.</summary>
    public bool Refresh()
    {
        if (client is null)
        {
            return false;
        }

        client.DumpLinks(_links);
        var found = new Dictionary<string, LinkEntry>();
        foreach (var link in _links)
        {
            // Representors of a PF share its device; the PF's own netdev is the one that is no VF's or SF's port.
            if (link.ParentDeviceName is { Length: > 0 } device && !IsRepresentor(link.PhysPortName))
            {
                found.TryAdd(device, new(link.IfIndex, link.Name));
            }
        }

        var same = found.Count == _byDevice.Count && found.All(f => _byDevice.TryGetValue(f.Key, out var old) && old == f.Value);
        if (!same)
        {
            _byDevice.Clear();
            foreach (var (device, entry) in found)
            {
                _byDevice.Add(device, entry);
            }
        }

        return !same;
    }

    /// <summary>The netdev of a device, named as in sysfs (<c>0000:3b:00.0</c>, <c>netdevsim1</c>); false when it has none in this network namespace.</summary>
    public bool TryGet(string device, out LinkEntry entry) => _byDevice.TryGetValue(device, out entry);

    private static bool IsRepresentor(string? portName)
    {
        Span<byte> utf8 = stackalloc byte[64];
        return portName is not null && Encoding.UTF8.TryGetBytes(portName, utf8, out var length)
            && PhysicalPortName.TryParse(utf8[..length], out var name) && name.IsRepresentor;
    }

    /// <summary>A netdev.</summary>
    internal readonly record struct LinkEntry(int IfIndex, string Name);
}
