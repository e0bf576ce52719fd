using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using static SriovPulse.Linux.Interop.NetlinkConstants;

namespace SriovPulse.Linux.Netlink;

/// <summary>Builds one netlink message in a buffer that is kept, so a reused request allocates nothing. Not safe for concurrent use.</summary>
public sealed class NetlinkRequest
{
    private byte[] _buffer = new byte[256];
    private int _length;
    private string _operation = "netlink request";
    private int? _subject;

    /// <summary>The message so far. Its length field is right; sequence and port are filled in by the session that sends it.</summary>
    public ReadOnlySpan<byte> Message
    {
        get
        {
            if (_length < NLMSG_HDRLEN)
            {
                throw new InvalidOperationException("the request is empty; call Begin first");
            }

            MemoryMarshal.Write(_buffer, (uint)_length);
            return _buffer.AsSpan(0, _length);
        }
    }

    /// <summary>What the request does, in words for error messages: <c>read link 3</c>.</summary>
    public string Operation
    {
        get => _subject is { } subject ? string.Create(CultureInfo.InvariantCulture, $"{_operation} {subject}") : _operation;
        set => (_operation, _subject) = (value, null);
    }

    /// <summary>Sets <see cref="Operation"/> to words and a number, put together only when an error message needs them.</summary>
    public void Describe(string operation, int subject) => (_operation, _subject) = (operation, subject);

    /// <summary>Starts a new message and forgets the one before.</summary>
    /// <param name="type">Message type, a generic netlink family's id for instance.</param>
    /// <param name="flags">Flags beyond those that the session adds.</param>
    public void Begin(ushort type, NetlinkFlags flags = NetlinkFlags.None)
    {
        _length = 0;
        Reserve(NLMSG_HDRLEN).Clear();
        MemoryMarshal.Write(_buffer.AsSpan(4), type);
        MemoryMarshal.Write(_buffer.AsSpan(6), (ushort)flags);
    }

    /// <summary>Appends bytes as they are, a fixed header for instance, padded to four.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        var target = Reserve(Align(bytes.Length));
        bytes.CopyTo(target);
        target[bytes.Length..].Clear();
    }

    /// <summary>Adds an attribute without a value (a flag).</summary>
    public void Put(ushort type) => PutHeader(type, 0);

    /// <summary>Adds an attribute with one byte.</summary>
    public void Put(ushort type, byte value) => PutHeader(type, sizeof(byte))[0] = value;

    /// <summary>Adds an attribute with a 16-bit number in the host's byte order.</summary>
    public void Put(ushort type, ushort value) => MemoryMarshal.Write(PutHeader(type, sizeof(ushort)), value);

    /// <summary>Adds an attribute with a 32-bit number in the host's byte order.</summary>
    public void Put(ushort type, uint value) => MemoryMarshal.Write(PutHeader(type, sizeof(uint)), value);

    /// <summary>Adds an attribute with a 64-bit number in the host's byte order.</summary>
    public void Put(ushort type, ulong value) => MemoryMarshal.Write(PutHeader(type, sizeof(ulong)), value);

    /// <summary>Adds an attribute with bytes as they are.</summary>
    public void Put(ushort type, ReadOnlySpan<byte> value) => value.CopyTo(PutHeader(type, value.Length));

    /// <summary>Adds an attribute with text in UTF-8 and a closing NUL.</summary>
    public void Put(ushort type, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var target = PutHeader(type, Encoding.UTF8.GetByteCount(value) + 1);
        target[Encoding.UTF8.GetBytes(value, target)] = 0;
    }

    /// <summary>Opens an attribute that holds attributes.</summary>
    /// <param name="type">Attribute type.</param>
    /// <param name="flagged">Whether to set NLA_F_NESTED: newer families demand it, rtnetlink's older ones do not use it.</param>
    /// <returns>What to give to <see cref="EndNested"/>.</returns>
    public int BeginNested(ushort type, bool flagged = true)
    {
        var start = _length;
        PutHeader((ushort)(flagged ? type | NLA_F_NESTED : type), 0);
        return start;
    }

    /// <summary>Closes the attribute that <see cref="BeginNested"/> opened.</summary>
    public void EndNested(int nest)
    {
        if (nest < NLMSG_HDRLEN || nest > _length - NLA_HDRLEN)
        {
            throw new ArgumentOutOfRangeException(nameof(nest), nest, "not what BeginNested returned");
        }

        MemoryMarshal.Write(_buffer.AsSpan(nest), CheckedLength(_length - nest));
    }

    /// <summary>Fills in what the session decides.</summary>
    internal void Complete(NetlinkFlags flags, uint sequence, uint portId)
    {
        _ = Message;
        var given = MemoryMarshal.Read<ushort>(_buffer.AsSpan(6));
        MemoryMarshal.Write(_buffer.AsSpan(6), (ushort)(given | (ushort)flags));
        MemoryMarshal.Write(_buffer.AsSpan(8), sequence);
        MemoryMarshal.Write(_buffer.AsSpan(12), portId);
    }

    private static int Align(int length) => (length + 3) & ~3;

    private static ushort CheckedLength(int length)
    {
        if (length > ushort.MaxValue)
        {
            ThrowTooLong(length);
        }

        return (ushort)length;
    }

    [DoesNotReturn]
    private static void ThrowTooLong(int length) =>
        throw new ArgumentException($"an attribute of {length} bytes does not fit its 16-bit length field");

    private Span<byte> PutHeader(ushort type, int valueLength)
    {
        var length = CheckedLength(NLA_HDRLEN + valueLength);
        var target = Reserve(Align(length));
        MemoryMarshal.Write(target, length);
        MemoryMarshal.Write(target[2..], type);
        target[length..].Clear();
        return target[NLA_HDRLEN..length];
    }

    private Span<byte> Reserve(int count)
    {
        if (_buffer.Length - _length < count)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + count));
        }

        var target = _buffer.AsSpan(_length, count);
        _length += count;
        return target;
    }
}
