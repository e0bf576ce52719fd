using SriovPulse.Linux.GenericNetlink;
using SriovPulse.Linux.Interop;
using SriovPulse.Linux.Netlink;
using static SriovPulse.Linux.Interop.DevlinkConstants;

namespace SriovPulse.Linux.Devlink;

/// <summary>
/// devlink over generic netlink. Listing needs no privilege, the switch's mode does. A kernel without devlink, or without a device that uses it,
/// has nothing to list. Not safe for concurrent use.
/// </summary>
/// <param name="session">A session of <see cref="NetlinkProtocol.Generic"/>; taken over.</param>
public sealed class DevlinkClient(NetlinkSession session) : IDisposable
{
    private readonly GenericNetlinkFamilies _families = new(session);
    private readonly NetlinkRequest _request = new();

    /// <summary>Opens a session and a client over it.</summary>
    /// <exception cref="NetlinkException">No descriptor is left, or the kernel has no generic netlink.</exception>
    public static DevlinkClient Open() => new(NetlinkSession.Open(NetlinkProtocol.Generic));

    /// <summary>Lists the devices.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    /// <exception cref="NetlinkFormatException">The reply is malformed.</exception>
    public IReadOnlyList<DevlinkDevice> ReadDevices() => Dump("list the devlink devices", DEVLINK_CMD_GET, static attributes =>
    {
        var handle = default(DevlinkHandle);
        while (attributes.TryRead())
        {
            handle.Take(attributes);
        }

        return handle.Device;
    });

    /// <summary>Lists the ports of all devices.</summary>
    /// <inheritdoc cref="ReadDevices" path="/exception"/>
    public IReadOnlyList<DevlinkPort> ReadPorts() => Dump("list the devlink ports", DEVLINK_CMD_PORT_GET, DevlinkPort.Parse);

    /// <summary>Lists the health reporters of all devices and ports.</summary>
    /// <inheritdoc cref="ReadDevices" path="/exception"/>
    public IReadOnlyList<HealthReporter> ReadHealthReporters() =>
        Dump("list the devlink health reporters", DEVLINK_CMD_HEALTH_REPORTER_GET, HealthReporter.Parse);

    /// <summary>Reads the mode of a device's embedded switch. That it is not told is a value, as is that it may not be asked.</summary>
    /// <inheritdoc cref="ReadDevices" path="/exception"/>
    public EswitchMode ReadEswitchMode(DevlinkDevice device)
    {
        if (!_families.TryResolve(DEVLINK_GENL_NAME, out var family))
        {
            return EswitchMode.NotTold;
        }

        family.Begin(_request, DEVLINK_CMD_ESWITCH_GET);
        _request.Operation = $"read the eswitch mode of {device}";
        _request.Put(DEVLINK_ATTR_BUS_NAME, device.Bus);
        _request.Put(DEVLINK_ATTR_DEV_NAME, device.Name);
        var mode = EswitchMode.NotTold;
        try
        {
            session.Request(_request, new Slot(ref mode), static (slot, message) => slot.Mode = ParseMode(new GenericNetlinkMessage(message).Read()));
            return mode;
        }
        catch (NetlinkException refused) when (refused.Errno is Errno.EOPNOTSUPP or Errno.ENODEV)
        {
            return EswitchMode.NotTold;
        }
        catch (NetlinkException refused) when (refused.Errno is Errno.EPERM or Errno.EACCES)
        {
            return EswitchMode.Denied;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => session.Dispose();

    /// <summary>Reads an ESWITCH_GET reply's attributes (net/devlink/dev.c, devlink_nl_eswitch_fill).</summary>
    internal static EswitchMode ParseMode(NetlinkAttributeReader attributes)
    {
        var mode = EswitchMode.NotTold;
        while (attributes.TryRead())
        {
            if (attributes.Type == DEVLINK_ATTR_ESWITCH_MODE)
            {
                mode = attributes.GetUInt16() switch
                {
                    DEVLINK_ESWITCH_MODE_LEGACY => EswitchMode.Legacy,
                    DEVLINK_ESWITCH_MODE_SWITCHDEV => EswitchMode.Switchdev,
                    _ => EswitchMode.NotTold,
                };
            }
        }

        return mode;
    }

    private List<T> Dump<T>(string operation, byte command, Parse<T> parse)
    {
        var found = new List<T>();

        // devlink can be a module's doing: it may come later, so it is asked for each time.
        if (!_families.TryResolve(DEVLINK_GENL_NAME, out var family))
        {
            return found;
        }

        family.Begin(_request, command);
        _request.Operation = operation;
        try
        {
            session.Dump(
                _request,
                (found, parse),
                static (state, message) => state.found.Add(state.parse(new GenericNetlinkMessage(message).Read())),
                static state => state.found.Clear());
        }
        catch (NetlinkException refused) when (refused.Errno == Errno.EOPNOTSUPP)
        {
            // A kernel that does not have the command.
            found.Clear();
        }

        return found;
    }

    private readonly ref struct Slot(ref EswitchMode mode)
    {
        public readonly ref EswitchMode Mode = ref mode;
    }

    private delegate T Parse<T>(NetlinkAttributeReader attributes);
}
