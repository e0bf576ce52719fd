using System.Buffers.Binary;

namespace SriovPulse.Metrics.Store.Packing;

/// <summary>Numbers of one width, packed without gaps, low bits first.</summary>
internal static class BitPacking
{
    /// <summary>Bytes that packed numbers take.</summary>
    public static int Size(int count, int width) => (int)((((long)count * width) + 7) / 8);

    /// <summary>Packs numbers, of which only the lowest <paramref name="width"/> bits count, into zeroed bytes.</summary>
    public static void Pack(ReadOnlySpan<ulong> numbers, int width, Span<byte> into)
    {
        if (width == 0)
        {
            return;
        }

        UInt128 pending = 0;
        var bits = 0;
        var at = 0;
        var mask = width == 64 ? ulong.MaxValue : (1UL << width) - 1;
        foreach (var number in numbers)
        {
            pending |= (UInt128)(number & mask) << bits;
            bits += width;
            for (; bits >= 8; bits -= 8, pending >>= 8)
            {
                into[at++] = (byte)pending;
            }
        }

        if (bits > 0)
        {
            into[at] = (byte)pending;
        }
    }

    /// <summary>Unpacks as many numbers as there is room for; <paramref name="packed"/> may be longer than they need.</summary>
    public static void Unpack(ReadOnlySpan<byte> packed, int width, Span<ulong> into)
    {
        if (width == 0)
        {
            into.Clear();
            return;
        }

        var mask = width == 64 ? ulong.MaxValue : (1UL << width) - 1;
        for (var i = 0; i < into.Length; i++)
        {
            var bit = i * width;
            into[i] = Word(packed, bit >> 3, bit & 7) & mask;
        }
    }

    private static ulong Word(ReadOnlySpan<byte> packed, int at, int shift)
    {
        if (at + 9 <= packed.Length)
        {
            var low = BinaryPrimitives.ReadUInt64LittleEndian(packed[at..]) >> shift;
            return shift == 0 ? low : low | ((ulong)packed[at + 8] << (64 - shift));
        }

        UInt128 word = 0;
        for (var i = 0; i < 9 && at + i < packed.Length; i++)
        {
            word |= (UInt128)packed[at + i] << (i * 8);
        }

        return (ulong)(word >> shift);
    }
}
