using SriovPulse.Linux.Netlink;
using static SriovPulse.Linux.Interop.DevlinkConstants;

namespace SriovPulse.Linux.Devlink;

/// <summary>A port of a devlink device. What the kernel does not tell is null.</summary>
/// <param name="Device">The device.</param>
/// <param name="Index">The port's number on the device.</param>
public sealed record DevlinkPort(DevlinkDevice Device, uint Index)
{
    /// <summary>Index of the port's netdev.</summary>
    public int? IfIndex { get; init; }

    /// <summary>Name of the port's netdev.</summary>
    public string? Netdev { get; init; }

    /// <summary>What the port leads to.</summary>
    public PortFlavour? Flavour { get; init; }

    /// <summary>Host that the function belongs to, on a device that serves several: 0 is the device's own.</summary>
    public uint? Controller { get; init; }

    /// <summary>Number of the PF.</summary>
    public ushort? PfNumber { get; init; }

    /// <summary>Index of the VF on its PF.</summary>
    public ushort? VfNumber { get; init; }

    /// <summary>Whether the function belongs to another host.</summary>
    public bool? IsExternal { get; init; }

    /// <summary>Reads a port's attributes (net/devlink/port.c, devlink_nl_port_fill).</summary>
    /// <exception cref="NetlinkFormatException">They are malformed, or lack the handle or the index.</exception>
    public static DevlinkPort Parse(NetlinkAttributeReader attributes)
    {
        var handle = default(DevlinkHandle);
        var port = new DevlinkPort(default, 0);
        uint? index = null;
        while (attributes.TryRead())
        {
            switch (attributes.Type)
            {
                case DEVLINK_ATTR_PORT_INDEX:
                    index = attributes.GetUInt32();
                    break;
                case DEVLINK_ATTR_PORT_NETDEV_IFINDEX:
                    port = port with { IfIndex = (int)attributes.GetUInt32() };
                    break;
                case DEVLINK_ATTR_PORT_NETDEV_NAME:
                    port = port with { Netdev = attributes.GetString() };
                    break;
                case DEVLINK_ATTR_PORT_FLAVOUR:
                    port = port with { Flavour = (PortFlavour)attributes.GetUInt16() is var flavour && Enum.IsDefined(flavour) ? flavour : null };
                    break;
                case DEVLINK_ATTR_PORT_CONTROLLER_NUMBER:
                    port = port with { Controller = attributes.GetUInt32() };
                    break;
                case DEVLINK_ATTR_PORT_PCI_PF_NUMBER:
                    port = port with { PfNumber = attributes.GetUInt16() };
                    break;
                case DEVLINK_ATTR_PORT_PCI_VF_NUMBER:
                    port = port with { VfNumber = attributes.GetUInt16() };
                    break;
                case DEVLINK_ATTR_PORT_EXTERNAL:
                    port = port with { IsExternal = attributes.GetByte() != 0 };
                    break;
                default:
                    handle.Take(attributes);
                    break;
            }
        }

        return port with { Device = handle.Device, Index = index ?? throw new NetlinkFormatException("a devlink port without an index") };
    }
}
