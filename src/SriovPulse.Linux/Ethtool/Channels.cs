using SriovPulse.Linux.Netlink;
using static SriovPulse.Linux.Interop.EthtoolNetlinkConstants;

namespace SriovPulse.Linux.Ethtool;

/// <summary>A netdev's channels.</summary>
/// <param name="Receive">That only receive.</param>
/// <param name="Transmit">That only send.</param>
/// <param name="Other">That do neither, for link interrupts and the like.</param>
/// <param name="Combined">That do both.</param>
public readonly record struct Channels(ChannelCount Receive, ChannelCount Transmit, ChannelCount Other, ChannelCount Combined) : IEthtoolReading<Channels>
{
    /// <summary>Reads an ETHTOOL_MSG_CHANNELS_GET_REPLY's attributes (net/ethtool/channels.c, channels_fill_reply).</summary>
    /// <exception cref="NetlinkFormatException">They are malformed.</exception>
    public static Channels Parse(NetlinkAttributeReader attributes)
    {
        var reading = default(Channels);
        while (attributes.TryRead())
        {
            switch (attributes.Type)
            {
                case ETHTOOL_A_CHANNELS_RX_COUNT:
                    reading = reading with { Receive = reading.Receive with { Current = attributes.GetUInt32() } };
                    break;
                case ETHTOOL_A_CHANNELS_RX_MAX:
                    reading = reading with { Receive = reading.Receive with { Maximum = attributes.GetUInt32() } };
                    break;
                case ETHTOOL_A_CHANNELS_TX_COUNT:
                    reading = reading with { Transmit = reading.Transmit with { Current = attributes.GetUInt32() } };
                    break;
                case ETHTOOL_A_CHANNELS_TX_MAX:
                    reading = reading with { Transmit = reading.Transmit with { Maximum = attributes.GetUInt32() } };
                    break;
                case ETHTOOL_A_CHANNELS_OTHER_COUNT:
                    reading = reading with { Other = reading.Other with { Current = attributes.GetUInt32() } };
                    break;
                case ETHTOOL_A_CHANNELS_OTHER_MAX:
                    reading = reading with { Other = reading.Other with { Maximum = attributes.GetUInt32() } };
                    break;
                case ETHTOOL_A_CHANNELS_COMBINED_COUNT:
                    reading = reading with { Combined = reading.Combined with { Current = attributes.GetUInt32() } };
                    break;
                case ETHTOOL_A_CHANNELS_COMBINED_MAX:
                    reading = reading with { Combined = reading.Combined with { Maximum = attributes.GetUInt32() } };
                    break;
            }
        }

        return reading;
    }
}
