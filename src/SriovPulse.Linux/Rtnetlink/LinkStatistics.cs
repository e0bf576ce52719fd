using System.Runtime.InteropServices;
using SriovPulse.Linux.Netlink;

namespace SriovPulse.Linux.Rtnetlink;

/// <summary>A netdev's own 64-bit counters (<c>struct rtnl_link_stats64</c>), as far as they mean the same on all drivers.</summary>
public readonly record struct LinkStatistics
{
    // Up to tx_compressed; later kernels append more.
    private const int SmallestSize = 23 * sizeof(ulong);

    /// <summary>Reads the kernel's struct.</summary>
    internal LinkStatistics(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < SmallestSize)
        {
            throw new NetlinkFormatException($"a link's statistics have {bytes.Length} bytes, not at least {SmallestSize}");
        }

        ReceivePackets = At(bytes, 0);
        TransmitPackets = At(bytes, 1);
        ReceiveBytes = At(bytes, 2);
        TransmitBytes = At(bytes, 3);
        ReceiveErrors = At(bytes, 4);
        TransmitErrors = At(bytes, 5);
        ReceiveDropped = At(bytes, 6);
        TransmitDropped = At(bytes, 7);
        Multicast = At(bytes, 8);
        ReceiveMissed = At(bytes, 15);
    }

    /// <summary>Packets received.</summary>
    public ulong ReceivePackets { get; }

    /// <summary>Packets sent.</summary>
    public ulong TransmitPackets { get; }

    /// <summary>Bytes received.</summary>
    public ulong ReceiveBytes { get; }

    /// <summary>Bytes sent.</summary>
    public ulong TransmitBytes { get; }

    /// <summary>Bad packets received.</summary>
    public ulong ReceiveErrors { get; }

    /// <summary>Packets that could not be sent.</summary>
    public ulong TransmitErrors { get; }

    /// <summary>Packets received and not processed, for lack of memory or of a listener.</summary>
    public ulong ReceiveDropped { get; }

    /// <summary>Packets dropped on their way out.</summary>
    public ulong TransmitDropped { get; }

    /// <summary>Multicast packets received.</summary>
    public ulong Multicast { get; }

    /// <summary>Packets that the host was too slow to take (<c>rx_missed_errors</c>).</summary>
    public ulong ReceiveMissed { get; }

    private static ulong At(ReadOnlySpan<byte> bytes, int index) => MemoryMarshal.Read<ulong>(bytes[(index * sizeof(ulong))..]);
}
