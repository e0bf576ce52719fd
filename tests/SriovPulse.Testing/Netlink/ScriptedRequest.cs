using System.Runtime.InteropServices;
using SriovPulse.Linux.Netlink;

namespace SriovPulse.Testing.Netlink;

/// <summary>A request as the scripted kernel got it, and the means to answer it.</summary>
/// <param name="bytes">The whole message.</param>
public sealed class ScriptedRequest(byte[] bytes)
{
    private const ushort ErrorType = 2;
    private const ushort DoneType = 3;
    private const ushort CappedFlag = 0x100;
    private const ushort ExplainedFlag = 0x200;

    /// <summary>The whole message.</summary>
    public byte[] Bytes { get; } = bytes;

    /// <summary>Message type.</summary>
    public ushort Type => MemoryMarshal.Read<ushort>(Bytes.AsSpan(4));

    /// <summary>Header flags.</summary>
    public NetlinkFlags Flags => (NetlinkFlags)MemoryMarshal.Read<ushort>(Bytes.AsSpan(6));

    /// <summary>Sequence number.</summary>
    public uint Sequence => MemoryMarshal.Read<uint>(Bytes.AsSpan(8));

    /// <summary>The sender's port.</summary>
    public uint PortId => MemoryMarshal.Read<uint>(Bytes.AsSpan(12));

    /// <summary>What follows the header.</summary>
    public ReadOnlySpan<byte> Payload => Bytes.AsSpan(16);

    /// <summary>A message that answers this request.</summary>
    public byte[] Message(ushort type, ReadOnlySpan<byte> payload, NetlinkFlags flags = NetlinkFlags.None) =>
        Build(type, (ushort)flags, Sequence, PortId, payload);

    /// <summary>An acknowledgement.</summary>
    public byte[] Acknowledge() => Error(0);

    /// <summary>A refusal, in the form that the kernel uses with CAP_ACK and EXT_ACK on.</summary>
    public byte[] Error(int errno, string? text = null, int? offset = null, bool capped = true)
    {
        byte[] payload = [.. Number(-errno), .. capped ? Bytes.AsSpan(0, 16) : Bytes, .. Explanation(text, offset)];
        return Build(ErrorType, Flagged(text, offset, capped ? CappedFlag : (ushort)0), Sequence, PortId, payload);
    }

    /// <summary>The end of a dump, with an error number where it failed half-way.</summary>
    public byte[] Done(int errno = 0, string? text = null, NetlinkFlags flags = NetlinkFlags.None) =>
        Build(
            DoneType,
            Flagged(text, null, (ushort)(NetlinkFlags.Multipart | flags)),
            Sequence,
            PortId,
            [.. Number(-errno), .. Explanation(text, null)]);

    /// <summary>A message with any header.</summary>
    public static byte[] Build(ushort type, ushort flags, uint sequence, uint portId, ReadOnlySpan<byte> payload)
    {
        var message = new byte[(16 + payload.Length + 3) & ~3];
        MemoryMarshal.Write(message, (uint)(16 + payload.Length));
        MemoryMarshal.Write(message.AsSpan(4), type);
        MemoryMarshal.Write(message.AsSpan(6), flags);
        MemoryMarshal.Write(message.AsSpan(8), sequence);
        MemoryMarshal.Write(message.AsSpan(12), portId);
        payload.CopyTo(message.AsSpan(16));
        return message;
    }

    private static ushort Flagged(string? text, int? offset, ushort flags) =>
        text is null && offset is null ? flags : (ushort)(flags | ExplainedFlag);

    private static byte[] Explanation(string? text, int? offset)
    {
        var attributes = new AttributeBytes();
        if (text is not null)
        {
            attributes.Put(1, text);
        }

        if (offset is { } at)
        {
            attributes.Put(2, (uint)at);
        }

        return attributes.ToArray();
    }

    private static byte[] Number(int value) => MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in value)).ToArray();
}
