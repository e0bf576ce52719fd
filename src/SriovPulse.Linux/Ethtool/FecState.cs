using System.Runtime.InteropServices;
using SriovPulse.Linux.Netlink;
using static SriovPulse.Linux.Interop.EthtoolNetlinkConstants;

namespace SriovPulse.Linux.Ethtool;

/// <summary>A netdev's forward error correction. What the driver does not tell is null.</summary>
/// <param name="Active">The mode in use; null while the link is down.</param>
/// <param name="Automatic">Whether the driver chooses the mode.</param>
/// <param name="CorrectedBlocks">Blocks with errors that were corrected, of all lanes.</param>
/// <param name="UncorrectableBlocks">Blocks with errors that were not, of all lanes: frames were lost.</param>
/// <param name="CorrectedBits">Bits that were corrected, of all lanes.</param>
public readonly record struct FecState(FecMode? Active, bool? Automatic, ulong? CorrectedBlocks, ulong? UncorrectableBlocks, ulong? CorrectedBits)
    : IEthtoolReading<FecState>
{
    /// <summary>Reads an ETHTOOL_MSG_FEC_GET_REPLY's attributes (net/ethtool/fec.c, fec_fill_reply).</summary>
    /// <exception cref="NetlinkFormatException">They are malformed.</exception>
    public static FecState Parse(NetlinkAttributeReader attributes)
    {
        var reading = default(FecState);
        while (attributes.TryRead())
        {
            switch (attributes.Type)
            {
                case ETHTOOL_A_FEC_AUTO:
                    reading = reading with { Automatic = attributes.GetByte() != 0 };
                    break;
                case ETHTOOL_A_FEC_ACTIVE:
                    reading = reading with { Active = ModeOf(attributes.GetUInt32()) };
                    break;
                case ETHTOOL_A_FEC_STATS:
                    reading = reading.WithBlocks(attributes.GetNested());
                    break;
            }
        }

        return reading;
    }

    // The kernel tells it as a link mode bit (enum ethtool_link_mode_bit_indices).
    private static FecMode? ModeOf(uint bit) => bit switch
    {
        49 => FecMode.Off,
        50 => FecMode.ReedSolomon,
        51 => FecMode.BaseR,
        74 => FecMode.LowLatencyReedSolomon,
        _ => null,
    };

    /// <summary>The total, which precedes the lanes' own numbers (fec_stats_recalc); null when there is not even that.</summary>
    private static ulong? Total(ReadOnlySpan<byte> values)
    {
        if (values.Length % sizeof(ulong) != 0)
        {
            throw new NetlinkFormatException($"FEC statistics of {values.Length} bytes are no whole number of 64-bit numbers");
        }

        return values.IsEmpty ? null : MemoryMarshal.Read<ulong>(values);
    }

    private FecState WithBlocks(NetlinkAttributeReader statistics)
    {
        var reading = this;
        while (statistics.TryRead())
        {
            switch (statistics.Type)
            {
                case ETHTOOL_A_FEC_STAT_CORRECTED:
                    reading = reading with { CorrectedBlocks = Total(statistics.Payload) };
                    break;
                case ETHTOOL_A_FEC_STAT_UNCORR:
                    reading = reading with { UncorrectableBlocks = Total(statistics.Payload) };
                    break;
                case ETHTOOL_A_FEC_STAT_CORR_BITS:
                    reading = reading with { CorrectedBits = Total(statistics.Payload) };
                    break;
            }
        }

        return reading;
    }
}
