using System.Buffers.Binary;

namespace SriovPulse.Metrics.Store.Packing;

/// <summary>Reads what a <see cref="ByteSink"/> wrote, never past the end.</summary>
internal ref struct ByteSource(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;

    /// <summary>Bytes that are still to be read.</summary>
    public readonly int Left => _bytes.Length - _at;

    public byte Byte() => Take(1)[0];

    public long Fixed64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public ulong Varint()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("a number of more than ten bytes");
    }

    public long Zigzag()
    {
        var value = Varint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>A count of things that take at least a byte each, so a damaged one cannot ask for more memory than the bytes themselves took.</summary>
    public int Count(int bytesEach = 1)
    {
        var value = Varint();
        return value <= (ulong)(Left / bytesEach) ? (int)value : throw new InvalidDataException($"{value} things announced, bytes left for {Left / bytesEach}");
    }

    /// <summary>A number that must be below a limit.</summary>
    public int Below(int limit)
    {
        var value = Varint();
        return value < (ulong)limit ? (int)value : throw new InvalidDataException($"{value} where less than {limit} is due");
    }

    public string Text() => System.Text.Encoding.UTF8.GetString(Take(Count()));

    public ReadOnlySpan<byte> Take(int count)
    {
        if (count > Left)
        {
            throw new InvalidDataException($"{count} bytes due, {Left} left");
        }

        var taken = _bytes.Slice(_at, count);
        _at += count;
        return taken;
    }
}
