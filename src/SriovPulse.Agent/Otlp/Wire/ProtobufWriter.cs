using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace SriovPulse.Agent.Otlp.Wire;

/// <summary>
/// Writes protobuf in one pass into an array that it keeps. A message's length stands before it but is known only at its end: one byte is kept free for it,
/// and a message of 128 bytes or more is moved to make room. Most messages here are data points, which fit; lengths stay canonical, and nothing is written twice.
/// </summary>
/// <remarks>Encoding: protobuf.dev, "Encoding" (wire types VARINT 0, I64 1, LEN 2).</remarks>
internal sealed class ProtobufWriter
{
    private const int LongestVarint = 10;

    private byte[] _buffer = new byte[4096];

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>What was written from <paramref name="offset"/> on, valid until more is written.</summary>
    public ReadOnlyMemory<byte> Slice(int offset, int length) => _buffer.AsMemory(0, Length).Slice(offset, length);

    /// <summary>Forgets everything and keeps the memory.</summary>
    public void Clear() => Length = 0;

    /// <summary>Begins a nested message; the result goes to <see cref="Close"/>.</summary>
    public int Open(int field)
    {
        Reserve(LongestVarint + 1);
        PutTag(field, 2);
        return ++Length;
    }

    /// <summary>Ends the message that began with <see cref="Open"/>, after everything nested in it was ended.</summary>
    public void Close(int start)
    {
        var length = Length - start;
        if (length < 0x80)
        {
            _buffer[start - 1] = (byte)length;
            return;
        }

        var extra = VarintSize((uint)length) - 1;
        Reserve(extra);
        _buffer.AsSpan(start, length).CopyTo(_buffer.AsSpan(start + extra));
        Length = start - 1;
        PutVarint((uint)length);
        Length += length;
    }

    public void WriteString(int field, string value)
    {
        var start = Open(field);
        Reserve(Encoding.UTF8.GetMaxByteCount(value.Length));
        Length += Encoding.UTF8.GetBytes(value, _buffer.AsSpan(Length));
        Close(start);
    }

    public void WriteVarint(int field, ulong value)
    {
        Reserve(2 * LongestVarint);
        PutTag(field, 0);
        PutVarint(value);
    }

    public void WriteFixed64(int field, ulong value)
    {
        Reserve(LongestVarint + sizeof(ulong));
        PutTag(field, 1);
        BinaryPrimitives.WriteUInt64LittleEndian(_buffer.AsSpan(Length), value);
        Length += sizeof(ulong);
    }

    public void WriteDouble(int field, double value) => WriteFixed64(field, BitConverter.DoubleToUInt64Bits(value));

    // Seven bits to a byte. Not for 0, which never needs to be moved for.
    private static int VarintSize(uint value) => (38 - BitOperations.LeadingZeroCount(value)) / 7;

    private void PutTag(int field, uint wireType) => PutVarint(((uint)field << 3) | wireType);

    private void PutVarint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            _buffer[Length++] = (byte)(value | 0x80);
        }

        _buffer[Length++] = (byte)value;
    }

    private void Reserve(int bytes)
    {
        if (_buffer.Length - Length < bytes)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, Length + bytes));
        }
    }
}
