using SriovPulse.Linux.Netlink;
using static SriovPulse.Linux.Interop.EthtoolNetlinkConstants;

namespace SriovPulse.Linux.Ethtool;

/// <summary>State of a netdev's link. What the driver does not tell is null.</summary>
/// <param name="IsUp">Whether the link is up.</param>
/// <param name="ExtendedState">Why it is down, as the kernel numbers it (enum ethtool_link_ext_state).</param>
/// <param name="ExtendedSubstate">More of that.</param>
/// <param name="DownEvents">How often the link went down.</param>
public readonly record struct LinkState(bool? IsUp, byte? ExtendedState, byte? ExtendedSubstate, uint? DownEvents) : IEthtoolReading<LinkState>
{
    /// <summary>Reads an ETHTOOL_MSG_LINKSTATE_GET_REPLY's attributes (net/ethtool/linkstate.c, linkstate_fill_reply).</summary>
    /// <exception cref="NetlinkFormatException">They are malformed.</exception>
    public static LinkState Parse(NetlinkAttributeReader attributes)
    {
        var reading = default(LinkState);
        while (attributes.TryRead())
        {
            switch (attributes.Type)
            {
                case ETHTOOL_A_LINKSTATE_LINK:
                    reading = reading with { IsUp = attributes.GetByte() != 0 };
                    break;
                case ETHTOOL_A_LINKSTATE_EXT_STATE:
                    reading = reading with { ExtendedState = attributes.GetByte() };
                    break;
                case ETHTOOL_A_LINKSTATE_EXT_SUBSTATE:
                    reading = reading with { ExtendedSubstate = attributes.GetByte() };
                    break;
                case ETHTOOL_A_LINKSTATE_EXT_DOWN_CNT:
                    reading = reading with { DownEvents = attributes.GetUInt32() };
                    break;
            }
        }

        return reading;
    }
}
