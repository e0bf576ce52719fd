using SriovPulse.Linux.Netlink;
using static SriovPulse.Linux.Interop.EthtoolNetlinkConstants;

namespace SriovPulse.Linux.Ethtool;

/// <summary>Speed and modes of a netdev's link. What the driver does not tell is null.</summary>
/// <param name="SpeedMegabits">Current speed in Mb/s; null when unknown, as on most drivers while the link is down.</param>
/// <param name="FullDuplex">Whether both ends may send at once; null when unknown.</param>
/// <param name="AutoNegotiation">Whether speed and duplex are negotiated.</param>
/// <param name="Lanes">How many lanes carry the link.</param>
/// <param name="FastestSupportedMegabits">Speed of the fastest mode that the port supports, in Mb/s.</param>
public readonly record struct LinkModes(uint? SpeedMegabits, bool? FullDuplex, bool? AutoNegotiation, uint? Lanes, uint? FastestSupportedMegabits)
    : IEthtoolReading<LinkModes>
{
    /// <summary>Reads an ETHTOOL_MSG_LINKMODES_GET_REPLY's attributes (net/ethtool/linkmodes.c, linkmodes_fill_reply).</summary>
    /// <exception cref="NetlinkFormatException">They are malformed.</exception>
    public static LinkModes Parse(NetlinkAttributeReader attributes)
    {
        var reading = default(LinkModes);
        while (attributes.TryRead())
        {
            switch (attributes.Type)
            {
                case ETHTOOL_A_LINKMODES_AUTONEG:
                    reading = reading with { AutoNegotiation = attributes.GetByte() != 0 };
                    break;
                case ETHTOOL_A_LINKMODES_OURS:
                    reading = reading with { FastestSupportedMegabits = LinkModeSpeeds.FastestSupported(attributes.GetNested()) };
                    break;
                case ETHTOOL_A_LINKMODES_SPEED:
                    // Some drivers say 0 where they do not know.
                    reading = reading with { SpeedMegabits = attributes.GetUInt32() is var speed and not (0 or SPEED_UNKNOWN) ? speed : null };
                    break;
                case ETHTOOL_A_LINKMODES_DUPLEX:
                    reading = reading with { FullDuplex = attributes.GetByte() switch { DUPLEX_FULL => true, DUPLEX_HALF => false, _ => null } };
                    break;
                case ETHTOOL_A_LINKMODES_LANES:
                    reading = reading with { Lanes = attributes.GetUInt32() };
                    break;
            }
        }

        return reading;
    }
}
