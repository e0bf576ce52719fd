using SriovPulse.Linux.Netlink;
using static SriovPulse.Linux.Interop.EthtoolNetlinkConstants;

namespace SriovPulse.Linux.Ethtool;

/// <summary>How many descriptors a netdev's rings have. What the driver does not tell is null.</summary>
/// <param name="Receive">Of a receive ring.</param>
/// <param name="ReceiveMaximum">The most a receive ring can have.</param>
/// <param name="Transmit">Of a transmit ring.</param>
/// <param name="TransmitMaximum">The most a transmit ring can have.</param>
public readonly record struct RingSizes(uint? Receive, uint? ReceiveMaximum, uint? Transmit, uint? TransmitMaximum) : IEthtoolReading<RingSizes>
{
    /// <summary>Reads an ETHTOOL_MSG_RINGS_GET_REPLY's attributes (net/ethtool/rings.c, rings_fill_reply).</summary>
    /// <exception cref="NetlinkFormatException">They are malformed.</exception>
    public static RingSizes Parse(NetlinkAttributeReader attributes)
    {
        var reading = default(RingSizes);
        while (attributes.TryRead())
        {
            switch (attributes.Type)
            {
                case ETHTOOL_A_RINGS_RX:
                    reading = reading with { Receive = attributes.GetUInt32() };
                    break;
                case ETHTOOL_A_RINGS_RX_MAX:
                    reading = reading with { ReceiveMaximum = attributes.GetUInt32() };
                    break;
                case ETHTOOL_A_RINGS_TX:
                    reading = reading with { Transmit = attributes.GetUInt32() };
                    break;
                case ETHTOOL_A_RINGS_TX_MAX:
                    reading = reading with { TransmitMaximum = attributes.GetUInt32() };
                    break;
            }
        }

        return reading;
    }
}
