using System.Globalization;

namespace SriovPulse.Benchmarks.Trees;

/// <summary>The counters in a tree: the names of the vendor trees, our families, and the values that the generator gave them.</summary>
internal static class VfStatistics
{
    /// <summary>File names of the Intel form; the Mellanox form has the same names as keys.</summary>
    public static IReadOnlyList<(string File, string Family)> Files { get; } =
    [
        ("rx_bytes", "sriov_vf_receive_bytes_total"),
        ("tx_bytes", "sriov_vf_transmit_bytes_total"),
        ("rx_packets", "sriov_vf_receive_packets_total"),
        ("tx_packets", "sriov_vf_transmit_packets_total"),
        ("rx_broadcast", "sriov_vf_receive_broadcast_packets_total"),
        ("rx_multicast", "sriov_vf_receive_multicast_packets_total"),
        ("rx_dropped", "sriov_vf_receive_dropped_packets_total"),
        ("tx_dropped", "sriov_vf_transmit_dropped_packets_total"),
    ];

    /// <summary>
    /// A value that tells its place, so that a mixed-up answer is noticed: twelve digits for bytes, nine for packets, up to four for the others.
    /// </summary>
    public static ulong Value(int pf, int vf, int counter)
    {
        var place = ((((ulong)pf * 1000) + (ulong)vf) * 10) + (ulong)counter + 1;
        return counter switch
        {
            < 2 => 700_000_000_000UL + (place * 1000),
            < 4 => 300_000_000UL + place,
            _ => place % 10_000,
        };
    }

    /// <summary>The value as the kernel prints it.</summary>
    public static string Text(int pf, int vf, int counter) => Value(pf, vf, counter).ToString(CultureInfo.InvariantCulture) + "\n";
}
