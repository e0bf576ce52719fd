using System.Buffers.Binary;

namespace SriovPulse.Metrics.Store.Packing;

/// <summary>Bytes that grow; used again after <see cref="Clear"/>.</summary>
internal sealed class ByteSink
{
    private byte[] _bytes = new byte[1024];

    /// <summary>How many bytes there are.</summary>
    public int Length { get; private set; }

    /// <summary>The bytes, valid until the next change.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public byte[] ToArray() => Written.ToArray();

    public void Byte(byte value) => Zeroed(1)[0] = value;

    public void Bytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Zeroed(bytes.Length));

    public void Fixed64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Zeroed(8), value);

    /// <summary>Seven bits a byte, low ones first.</summary>
    public void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            Byte((byte)(value | 0x80));
        }

        Byte((byte)value);
    }

    /// <summary>A number of either sign, near zero the shortest.</summary>
    public void Zigzag(long value) => Varint((ulong)((value << 1) ^ (value >> 63)));

    /// <summary>UTF-8 with its length before it.</summary>
    public void Text(string text)
    {
        var count = System.Text.Encoding.UTF8.GetByteCount(text);
        Varint((ulong)count);
        System.Text.Encoding.UTF8.GetBytes(text, Zeroed(count));
    }

    /// <summary>Appends zeroes, to be written over.</summary>
    public Span<byte> Zeroed(int count)
    {
        if (Length + count > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(Length + count, _bytes.Length * 2));
        }

        var span = _bytes.AsSpan(Length, count);
        span.Clear();
        Length += count;
        return span;
    }
}
