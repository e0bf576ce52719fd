using SriovPulse.Linux.Netlink;
using static SriovPulse.Linux.Interop.DevlinkConstants;

namespace SriovPulse.Linux.Devlink;

/// <summary>A part of a device or port that watches its own health, such as <c>fw_fatal</c> or <c>tx</c>.</summary>
/// <param name="Device">The device.</param>
/// <param name="PortIndex">The port, where the reporter belongs to one.</param>
/// <param name="Name">The reporter's name.</param>
/// <param name="IsHealthy">Its state; null when it is not told, or one that is not known here.</param>
/// <param name="Errors">Errors seen so far.</param>
/// <param name="Recoveries">Recoveries so far.</param>
public sealed record HealthReporter(DevlinkDevice Device, uint? PortIndex, string Name, bool? IsHealthy, ulong? Errors, ulong? Recoveries)
{
    /// <summary>Reads a reporter's attributes (net/devlink/health.c, devlink_nl_health_reporter_fill).</summary>
    /// <exception cref="NetlinkFormatException">They are malformed, or lack the handle or the name.</exception>
    public static HealthReporter Parse(NetlinkAttributeReader attributes)
    {
        var handle = default(DevlinkHandle);
        var reporter = new HealthReporter(default, null, string.Empty, null, null, null);
        while (attributes.TryRead())
        {
            switch (attributes.Type)
            {
                case DEVLINK_ATTR_PORT_INDEX:
                    reporter = reporter with { PortIndex = attributes.GetUInt32() };
                    break;
                case DEVLINK_ATTR_HEALTH_REPORTER:
                    reporter = reporter.With(attributes.GetNested());
                    break;
                default:
                    handle.Take(attributes);
                    break;
            }
        }

        return reporter.Name.Length > 0
            ? reporter with { Device = handle.Device }
            : throw new NetlinkFormatException("a devlink health reporter without a name");
    }

    private HealthReporter With(NetlinkAttributeReader attributes)
    {
        var reporter = this;
        while (attributes.TryRead())
        {
            switch (attributes.Type)
            {
                case DEVLINK_ATTR_HEALTH_REPORTER_NAME:
                    reporter = reporter with { Name = attributes.GetString() };
                    break;
                case DEVLINK_ATTR_HEALTH_REPORTER_STATE:
                    reporter = reporter with { IsHealthy = StateOf(attributes.GetByte()) };
                    break;
                case DEVLINK_ATTR_HEALTH_REPORTER_ERR_COUNT:
                    reporter = reporter with { Errors = attributes.GetUnsigned() };
                    break;
                case DEVLINK_ATTR_HEALTH_REPORTER_RECOVER_COUNT:
                    reporter = reporter with { Recoveries = attributes.GetUnsigned() };
                    break;
            }
        }

        return reporter;
    }

    private static bool? StateOf(byte state) => state switch
    {
        DEVLINK_HEALTH_REPORTER_STATE_HEALTHY => true,
        DEVLINK_HEALTH_REPORTER_STATE_ERROR => false,
        _ => null,
    };
}
