using System.Text;
using SriovPulse.Core;
using SriovPulse.Linux.Netlink;

namespace SriovPulse.Linux.Uevents;

/// <summary>A kernel's device event (lib/kobject_uevent.c).</summary>
/// <param name="Action">What happened: <c>add</c>, <c>remove</c>, <c>change</c>, <c>move</c>, <c>bind</c>, <c>unbind</c> …</param>
/// <param name="DevicePath">The device's directory below <c>/sys</c>: <c>/devices/pci0000:00/…</c>.</param>
/// <param name="Subsystem">Its subsystem: <c>pci</c>, <c>net</c>, <c>vfio-dev</c> …</param>
public sealed record Uevent(string Action, string DevicePath, string Subsystem)
{
    /// <summary>Address of the PCI function, null when the device is none.</summary>
    public PciAddress? PciAddress { get; init; }

    /// <summary>The driver bound to the device, null when none is told.</summary>
    public string? Driver { get; init; }

    /// <summary>Name of the netdev, null when the device is none.</summary>
    public string? Interface { get; init; }

    /// <summary>Reads the kernel's message: a header <c>action@path</c> and <c>KEY=value</c> pairs, each closed by a NUL.</summary>
    /// <exception cref="NetlinkFormatException">The bytes are no kernel event; udev's own messages are not, for instance.</exception>
    public static Uevent Parse(ReadOnlySpan<byte> datagram)
    {
        string? action = null;
        string? devicePath = null;
        var subsystem = string.Empty;
        PciAddress? address = null;
        string? driver = null;
        string? interfaceName = null;

        var header = Take(ref datagram);
        if (header.IndexOf((byte)'@') < 1)
        {
            throw new NetlinkFormatException("a device event does not begin with action@path");
        }

        while (!datagram.IsEmpty)
        {
            var pair = Take(ref datagram);
            var equals = pair.IndexOf((byte)'=');
            if (equals < 1)
            {
                throw new NetlinkFormatException("a device event has a line that is not of the form KEY=value");
            }

            var key = pair[..equals];
            var value = pair[(equals + 1)..];
            if (key.SequenceEqual("ACTION"u8))
            {
                action = Text(value);
            }
            else if (key.SequenceEqual("DEVPATH"u8))
            {
                devicePath = Text(value);
            }
            else if (key.SequenceEqual("SUBSYSTEM"u8))
            {
                subsystem = Text(value);
            }
            else if (key.SequenceEqual("PCI_SLOT_NAME"u8))
            {
                address = Core.PciAddress.TryParse(value, out var parsed) ? parsed : null;
            }
            else if (key.SequenceEqual("DRIVER"u8))
            {
                driver = Text(value);
            }
            else if (key.SequenceEqual("INTERFACE"u8))
            {
                interfaceName = Text(value);
            }
        }

        return action is not null && devicePath is not null
            ? new Uevent(action, devicePath, subsystem) { PciAddress = address, Driver = driver, Interface = interfaceName }
            : throw new NetlinkFormatException("a device event lacks ACTION or DEVPATH");
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOf((byte)0);
        if (end < 0)
        {
            throw new NetlinkFormatException("a device event is not closed by a NUL");
        }

        var taken = rest[..end];
        rest = rest[(end + 1)..];
        return taken;
    }

    private static string Text(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);
}
