using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using static SriovPulse.Linux.Interop.NetlinkConstants;

namespace SriovPulse.Linux.Netlink;

/// <summary>
/// Walks a run of netlink attributes (<c>struct nlattr</c>) inside a receive buffer, without copying. Survives any bytes: what does not fit is a
/// <see cref="NetlinkFormatException"/>, never a read outside.
/// </summary>
/// <param name="attributes">The attributes; a message's payload behind its fixed header, or another attribute's payload.</param>
public ref struct NetlinkAttributeReader(ReadOnlySpan<byte> attributes)
{
    private ReadOnlySpan<byte> _rest = attributes;

    /// <summary>Type of the current attribute, without the flag bits.</summary>
    public ushort Type { get; private set; }

    /// <summary>The current attribute's value, a view into the buffer.</summary>
    public ReadOnlySpan<byte> Payload { get; private set; }

    /// <summary>What has not been read yet.</summary>
    internal readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>Goes to the next attribute.</summary>
    /// <returns>False at the clean end.</returns>
    /// <exception cref="NetlinkFormatException">The attribute's length is impossible.</exception>
    public bool TryRead()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        if (_rest.Length < NLA_HDRLEN)
        {
            ThrowTooShort(_rest.Length);
        }

        // Attributes are in the host's byte order.
        int length = MemoryMarshal.Read<ushort>(_rest);
        if (length < NLA_HDRLEN || length > _rest.Length)
        {
            ThrowBadLength(length, _rest.Length);
        }

        Type = (ushort)(MemoryMarshal.Read<ushort>(_rest[2..]) & NLA_TYPE_MASK);
        Payload = _rest[NLA_HDRLEN..length];

        // The last attribute may lack its padding.
        _rest = _rest[Math.Min((length + 3) & ~3, _rest.Length)..];
        return true;
    }

    /// <summary>The value as one byte.</summary>
    public readonly byte GetByte() => Exactly(1)[0];

    /// <summary>The value as a 16-bit number in the host's byte order.</summary>
    public readonly ushort GetUInt16() => MemoryMarshal.Read<ushort>(Exactly(2));

    /// <summary>The value as a 16-bit number in network byte order.</summary>
    public readonly ushort GetUInt16BigEndian() => BinaryPrimitives.ReadUInt16BigEndian(Exactly(2));

    /// <summary>The value as a 32-bit number in the host's byte order.</summary>
    public readonly uint GetUInt32() => MemoryMarshal.Read<uint>(Exactly(4));

    /// <summary>The value as a signed 32-bit number in the host's byte order.</summary>
    public readonly int GetInt32() => MemoryMarshal.Read<int>(Exactly(4));

    /// <summary>The value as a 64-bit number in the host's byte order; netlink does not align it.</summary>
    public readonly ulong GetUInt64() => MemoryMarshal.Read<ulong>(Exactly(8));

    /// <summary>
    /// The value as an unsigned number of 4 or 8 bytes, as newer kernels write numbers of no fixed width (<c>nla_put_uint</c>).
    /// </summary>
    public readonly ulong GetUnsigned() => Payload.Length == 4 ? GetUInt32() : GetUInt64();

    /// <summary>The value's text up to the first NUL, as UTF-8.</summary>
    public readonly string GetString() => Encoding.UTF8.GetString(GetStringBytes());

    /// <summary>The value's bytes up to the first NUL.</summary>
    public readonly ReadOnlySpan<byte> GetStringBytes()
    {
        var end = Payload.IndexOf((byte)0);
        return end < 0 ? Payload : Payload[..end];
    }

    /// <summary>A reader of the attributes within this one.</summary>
    public readonly NetlinkAttributeReader GetNested() => new(Payload);

    private readonly ReadOnlySpan<byte> Exactly(int width)
    {
        if (Payload.Length != width)
        {
            ThrowBadWidth(Type, Payload.Length, width);
        }

        return Payload;
    }

    [DoesNotReturn]
    private static void ThrowTooShort(int length) =>
        throw new NetlinkFormatException($"{length} bytes left over where an attribute should begin");

    [DoesNotReturn]
    private static void ThrowBadLength(int length, int available) =>
        throw new NetlinkFormatException($"an attribute claims {length} bytes where {available} are left");

    [DoesNotReturn]
    private static void ThrowBadWidth(int type, int length, int width) =>
        throw new NetlinkFormatException($"attribute {type} has {length} bytes, not {width}");
}
