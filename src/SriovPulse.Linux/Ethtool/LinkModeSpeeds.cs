using System.Runtime.InteropServices;
using SriovPulse.Linux.Netlink;
using static SriovPulse.Linux.Interop.EthtoolNetlinkConstants;

namespace SriovPulse.Linux.Ethtool;

/// <summary>
/// Speed of each link mode, by its bit: include/uapi/linux/ethtool.h, enum ethtool_link_mode_bit_indices, up to Linux 6.18 (1.6 Tb/s). A mode's
/// speed is the number that its name begins with.
/// </summary>
public static class LinkModeSpeeds
{
    // 0 for bits that are no speed: autonegotiation, connectors, pause, FEC.
    private static ReadOnlySpan<uint> MegabitsByBit =>
    [
        /*   0 */ 10, 10, 100, 100, 1_000, 1_000, 0, 0, 0, 0,
        /*  10 */ 0, 0, 10_000, 0, 0, 2_500, 0, 1_000, 10_000, 10_000,
        /*  20 */ 10_000, 20_000, 20_000, 40_000, 40_000, 40_000, 40_000, 56_000, 56_000, 56_000,
        /*  30 */ 56_000, 25_000, 25_000, 25_000, 50_000, 50_000, 100_000, 100_000, 100_000, 100_000,
        /*  40 */ 50_000, 1_000, 10_000, 10_000, 10_000, 10_000, 10_000, 2_500, 5_000, 0,
        /*  50 */ 0, 0, 50_000, 50_000, 50_000, 50_000, 50_000, 100_000, 100_000, 100_000,
        /*  60 */ 100_000, 100_000, 200_000, 200_000, 200_000, 200_000, 200_000, 100, 1_000, 400_000,
        /*  70 */ 400_000, 400_000, 400_000, 400_000, 0, 100_000, 100_000, 100_000, 100_000, 100_000,
        /*  80 */ 200_000, 200_000, 200_000, 200_000, 200_000, 400_000, 400_000, 400_000, 400_000, 400_000,
        /*  90 */ 100, 100, 10, 800_000, 800_000, 800_000, 800_000, 800_000, 800_000, 10,
        /* 100 */ 10, 10, 10, 200_000, 200_000, 200_000, 200_000, 200_000, 200_000, 400_000,
        /* 110 */ 400_000, 400_000, 400_000, 400_000, 400_000, 800_000, 800_000, 800_000, 800_000, 800_000,
        /* 120 */ 800_000, 1_600_000, 1_600_000, 1_600_000, 1_600_000,
    ];

    /// <summary>How many bits are known here.</summary>
    public static int Count => MegabitsByBit.Length;

    /// <summary>Speed of a link mode in Mb/s; 0 for a bit that is no speed, null for one that is not known here.</summary>
    public static uint? Megabits(int bit) => bit >= 0 && bit < Count ? MegabitsByBit[bit] : null;

    /// <summary>The fastest mode of a compact bitset's mask, which says what is supported, where its value says what is advertised.</summary>
    /// <returns>Mb/s; null when there is none, or a bit that is not known here is set and may be faster.</returns>
    /// <exception cref="NetlinkFormatException">The bitset's parts do not fit each other.</exception>
    internal static uint? FastestSupported(NetlinkAttributeReader bitset)
    {
        uint? fastest = null;
        while (bitset.TryRead())
        {
            if (bitset.Type == ETHTOOL_A_BITSET_MASK)
            {
                fastest = Fastest(bitset.Payload);
            }
        }

        return fastest;
    }

    private static uint? Fastest(ReadOnlySpan<byte> mask)
    {
        if (mask.Length % sizeof(uint) != 0)
        {
            throw new NetlinkFormatException($"a bit mask of {mask.Length} bytes is no whole number of 32-bit words");
        }

        uint fastest = 0;
        for (var word = 0; word * sizeof(uint) < mask.Length; word++)
        {
            var bits = MemoryMarshal.Read<uint>(mask[(word * sizeof(uint))..]);
            for (var bit = 0; bits != 0; bit++, bits >>= 1)
            {
                if ((bits & 1) == 0)
                {
                    continue;
                }

                if (Megabits((word * 32) + bit) is not { } speed)
                {
                    return null;
                }

                fastest = Math.Max(fastest, speed);
            }
        }

        return fastest == 0 ? null : fastest;
    }
}
