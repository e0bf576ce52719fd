using System.Runtime.InteropServices;
using static SriovPulse.Linux.Interop.NetlinkConstants;

namespace SriovPulse.Linux.Netlink;

/// <summary>One netlink message within a datagram; a view into the receive buffer.</summary>
public readonly ref struct NetlinkMessage
{
    private NetlinkMessage(ReadOnlySpan<byte> bytes)
    {
        Type = MemoryMarshal.Read<ushort>(bytes[4..]);
        Flags = (NetlinkFlags)MemoryMarshal.Read<ushort>(bytes[6..]);
        Sequence = MemoryMarshal.Read<uint>(bytes[8..]);
        PortId = MemoryMarshal.Read<uint>(bytes[12..]);
        Payload = bytes[NLMSG_HDRLEN..];
    }

    /// <summary>Message type.</summary>
    public ushort Type { get; }

    /// <summary>Header flags.</summary>
    public NetlinkFlags Flags { get; }

    /// <summary>Sequence number of the request that this answers; 0 in a notification.</summary>
    public uint Sequence { get; }

    /// <summary>Port of the socket whose request this answers; 0 in most notifications.</summary>
    public uint PortId { get; }

    /// <summary>What follows the header: the family's fixed header and its attributes.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>Takes the next message from a datagram.</summary>
    /// <returns>False at the datagram's clean end.</returns>
    /// <exception cref="NetlinkFormatException">The message's length is impossible, so the datagram is cut or no netlink.</exception>
    public static bool TryTake(ref ReadOnlySpan<byte> datagram, out NetlinkMessage message)
    {
        if (datagram.IsEmpty)
        {
            message = default;
            return false;
        }

        if (datagram.Length < NLMSG_HDRLEN)
        {
            throw new NetlinkFormatException($"{datagram.Length} bytes left over where a netlink message should begin");
        }

        var length = MemoryMarshal.Read<uint>(datagram);
        if (length < NLMSG_HDRLEN || length > datagram.Length)
        {
            throw new NetlinkFormatException($"a netlink message claims {length} bytes where {datagram.Length} were received");
        }

        message = new NetlinkMessage(datagram[..(int)length]);
        datagram = datagram[(int)Math.Min(((long)length + 3) & ~3L, datagram.Length)..];
        return true;
    }
}
