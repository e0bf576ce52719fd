using SriovPulse.Linux.Netlink;
using static SriovPulse.Linux.Interop.EthtoolNetlinkConstants;

namespace SriovPulse.Linux.Ethtool;

/// <summary>A netdev's flow control by pause frames. What the driver does not tell is null.</summary>
/// <param name="AutoNegotiation">Whether it is negotiated.</param>
/// <param name="Receive">Whether the port obeys pause frames.</param>
/// <param name="Transmit">Whether the port sends pause frames.</param>
/// <param name="ReceivedFrames">Pause frames received: the other end is congested.</param>
/// <param name="TransmittedFrames">Pause frames sent: this end is congested.</param>
public readonly record struct PauseState(bool? AutoNegotiation, bool? Receive, bool? Transmit, ulong? ReceivedFrames, ulong? TransmittedFrames)
    : IEthtoolReading<PauseState>
{
    /// <summary>Reads an ETHTOOL_MSG_PAUSE_GET_REPLY's attributes (net/ethtool/pause.c, pause_fill_reply).</summary>
    /// <exception cref="NetlinkFormatException">They are malformed.</exception>
    public static PauseState Parse(NetlinkAttributeReader attributes)
    {
        var reading = default(PauseState);
        while (attributes.TryRead())
        {
            switch (attributes.Type)
            {
                case ETHTOOL_A_PAUSE_AUTONEG:
                    reading = reading with { AutoNegotiation = attributes.GetByte() != 0 };
                    break;
                case ETHTOOL_A_PAUSE_RX:
                    reading = reading with { Receive = attributes.GetByte() != 0 };
                    break;
                case ETHTOOL_A_PAUSE_TX:
                    reading = reading with { Transmit = attributes.GetByte() != 0 };
                    break;
                case ETHTOOL_A_PAUSE_STATS:
                    reading = reading.WithFrames(attributes.GetNested());
                    break;
            }
        }

        return reading;
    }

    private PauseState WithFrames(NetlinkAttributeReader statistics)
    {
        var reading = this;
        while (statistics.TryRead())
        {
            switch (statistics.Type)
            {
                case ETHTOOL_A_PAUSE_STAT_RX_FRAMES:
                    reading = reading with { ReceivedFrames = statistics.GetUInt64() };
                    break;
                case ETHTOOL_A_PAUSE_STAT_TX_FRAMES:
                    reading = reading with { TransmittedFrames = statistics.GetUInt64() };
                    break;
            }
        }

        return reading;
    }
}
