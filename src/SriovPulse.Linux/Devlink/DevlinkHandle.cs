using SriovPulse.Linux.Netlink;
using static SriovPulse.Linux.Interop.DevlinkConstants;

namespace SriovPulse.Linux.Devlink;

/// <summary>Gathers the two attributes that every devlink reply has: the handle of its device.</summary>
internal struct DevlinkHandle
{
    private string? _bus;
    private string? _name;

    /// <summary>The device.</summary>
    /// <exception cref="NetlinkFormatException">An attribute is missing.</exception>
    public readonly DevlinkDevice Device => _bus is not null && _name is not null
        ? new DevlinkDevice(_bus, _name)
        : throw new NetlinkFormatException("a devlink reply without a device's handle");

    /// <summary>Takes the attribute if it is one of the two.</summary>
    public void Take(NetlinkAttributeReader attribute)
    {
        switch (attribute.Type)
        {
            case DEVLINK_ATTR_BUS_NAME:
                _bus = attribute.GetString();
                break;
            case DEVLINK_ATTR_DEV_NAME:
                _name = attribute.GetString();
                break;
        }
    }
}
