using System.Numerics;
using SriovPulse.Core;

namespace SriovPulse.Linux.Sysfs;

/// <summary>The names that both vendors give a VF's counters. Their directions are the VF's own: rx is towards the VF.</summary>
internal static class VendorCounterName
{
    public static ReadOnlySpan<byte> Of(VfCounter counter) => counter switch
    {
        VfCounter.ReceiveBytes => "rx_bytes"u8,
        VfCounter.TransmitBytes => "tx_bytes"u8,
        VfCounter.ReceivePackets => "rx_packets"u8,
        VfCounter.TransmitPackets => "tx_packets"u8,
        VfCounter.ReceiveBroadcastPackets => "rx_broadcast"u8,
        VfCounter.ReceiveMulticastPackets => "rx_multicast"u8,
        VfCounter.ReceiveDroppedPackets => "rx_dropped"u8,
        VfCounter.TransmitDroppedPackets => "tx_dropped"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(counter), counter, null),
    };

    /// <summary>The counter of a name; false for the many that are not collected (<c>tx_errors</c>, <c>tx_broadcast</c>).</summary>
    public static bool TryParse(ReadOnlySpan<byte> name, out VfCounter counter)
    {
        for (var i = 0; i < VfCounters.Count; i++)
        {
            if (name.SequenceEqual(Of((VfCounter)i)))
            {
                counter = (VfCounter)i;
                return true;
            }
        }

        counter = default;
        return false;
    }

    /// <summary>Takes one counter out of a set of counters, given as bits.</summary>
    public static VfCounter Take(ref uint counters)
    {
        var counter = (VfCounter)BitOperations.TrailingZeroCount(counters);
        counters &= counters - 1;
        return counter;
    }
}
