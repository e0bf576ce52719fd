using System.Numerics;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Store.Packing;

/// <summary>
/// The values of one series over one block, packed by what they are: constants in a few bytes, whole numbers (counters) as deltas of one width,
/// anything else as XORs of one width. Says itself where it ends.
/// </summary>
internal static class ValueRun
{
    /// <summary>Most values of a run: presence fits one word.</summary>
    public const int Limit = 64;

    // The head byte: how values are packed, whether they are whole numbers, whether some are absent, whether the run ends in a staleness marker.
    private const byte Constant = 0;
    private const byte Deltas = 1;
    private const byte Xors = 2;
    private const byte Empty = 3;
    private const byte PackingMask = 3;
    private const byte Whole = 4;
    private const byte Gaps = 8;
    private const byte EndsStale = 16;

    /// <summary>Whether a value is a whole number that survives the way through <see cref="long"/> (negative zero does not).</summary>
    public static bool IsWhole(double value) =>
        Math.Abs(value) < 1L << 53 && BitConverter.DoubleToInt64Bits((long)value) == BitConverter.DoubleToInt64Bits(value);

    /// <summary>Appends a run; cells may be absent.</summary>
    public static void Write(ReadOnlySpan<double> cells, ByteSink into)
    {
        Span<double> values = stackalloc double[Limit];
        var presence = 0UL;
        var count = 0;
        for (var i = 0; i < cells.Length; i++)
        {
            if (!CellValue.IsAbsent(cells[i]))
            {
                presence |= 1UL << i;
                values[count++] = cells[i];
            }
        }

        // A marker among numbers would make every number as wide as the marker; nearly always it is the last one.
        var endsStale = count > 0 && Staleness.IsMarker(values[count - 1]);
        var numbers = values[..(endsStale ? count - 1 : count)];
        var whole = true;
        var constant = true;
        foreach (var number in numbers)
        {
            whole &= IsWhole(number);
            constant &= CellValue.Same(number, numbers[0]);
        }

        var packing = numbers.IsEmpty ? Empty : constant ? Constant : whole ? Deltas : Xors;
        var gaps = count < cells.Length;
        into.Byte((byte)(packing | (whole ? Whole : 0) | (gaps ? Gaps : 0) | (endsStale ? EndsStale : 0)));
        if (gaps)
        {
            into.Varint(presence);
        }

        if (numbers.IsEmpty)
        {
            return;
        }

        if (whole)
        {
            into.Zigzag((long)numbers[0]);
        }
        else
        {
            into.Fixed64(BitConverter.DoubleToInt64Bits(numbers[0]));
        }

        if (packing == Deltas)
        {
            WriteDeltas(numbers, into);
        }
        else if (packing == Xors)
        {
            WriteXors(numbers, into);
        }
    }

    /// <summary>Reads a run over as many cells as it was written from.</summary>
    /// <returns>How many bytes it took.</returns>
    /// <exception cref="InvalidDataException">These bytes are no run.</exception>
    public static int Read(ReadOnlySpan<byte> run, Span<double> cells)
    {
        var source = new ByteSource(run);
        var head = source.Byte();
        var all = cells.Length == Limit ? ulong.MaxValue : (1UL << cells.Length) - 1;
        var presence = (head & Gaps) != 0 ? source.Varint() : all;
        var count = BitOperations.PopCount(presence);
        var endsStale = (head & EndsStale) != 0;
        var numbers = endsStale ? count - 1 : count;
        if ((presence & ~all) != 0 || numbers < 0 || numbers > 0 == ((head & PackingMask) == Empty))
        {
            throw new InvalidDataException("a run whose head contradicts itself");
        }

        Span<double> values = stackalloc double[Limit];
        if (numbers > 0)
        {
            ReadNumbers(ref source, head, values[..numbers]);
        }

        if (endsStale)
        {
            values[count - 1] = Staleness.Marker;
        }

        if (presence == all)
        {
            values[..count].CopyTo(cells);
        }
        else
        {
            Spread(values, presence, cells);
        }

        return run.Length - source.Left;
    }

    private static void ReadNumbers(ref ByteSource source, byte head, scoped Span<double> values)
    {
        var whole = (head & Whole) != 0;
        var first = whole ? source.Zigzag() : source.Fixed64();
        values[0] = whole ? first : BitConverter.Int64BitsToDouble(first);
        var packing = head & PackingMask;
        if (packing == Constant)
        {
            values.Fill(values[0]);
            return;
        }

        var least = packing == Deltas ? source.Zigzag() : source.Below(64);
        var width = source.Below(65);
        Span<ulong> packed = stackalloc ulong[Limit];
        packed = packed[..(values.Length - 1)];
        // Reading a few bytes past the run, where there are any, is quicker than stopping at its end; only its own count.
        var rest = source;
        var room = rest.Take(rest.Left);
        source.Take(BitPacking.Size(packed.Length, width));
        BitPacking.Unpack(room, width, packed);
        if (packing == Deltas)
        {
            for (var i = 0; i < packed.Length; i++)
            {
                first = unchecked(first + least + (long)packed[i]);
                values[i + 1] = first;
            }
        }
        else
        {
            for (var i = 0; i < packed.Length; i++)
            {
                first ^= (long)(packed[i] << (int)least);
                values[i + 1] = BitConverter.Int64BitsToDouble(first);
            }
        }
    }

    // Deltas above their least one: a counter that grows steadily needs only the width of its noise.
    private static void WriteDeltas(ReadOnlySpan<double> numbers, ByteSink into)
    {
        Span<ulong> above = stackalloc ulong[Limit];
        above = above[..(numbers.Length - 1)];
        var least = long.MaxValue;
        for (var i = 0; i < above.Length; i++)
        {
            var delta = (long)numbers[i + 1] - (long)numbers[i];
            above[i] = (ulong)delta;
            least = Math.Min(least, delta);
        }

        var bits = 0UL;
        for (var i = 0; i < above.Length; i++)
        {
            above[i] -= (ulong)least;
            bits |= above[i];
        }

        into.Zigzag(least);
        Pack(above, 64 - BitOperations.LeadingZeroCount(bits), into);
    }

    private static void WriteXors(ReadOnlySpan<double> numbers, ByteSink into)
    {
        Span<ulong> xors = stackalloc ulong[Limit];
        xors = xors[..(numbers.Length - 1)];
        var bits = 0UL;
        for (var i = 0; i < xors.Length; i++)
        {
            xors[i] = (ulong)(BitConverter.DoubleToInt64Bits(numbers[i + 1]) ^ BitConverter.DoubleToInt64Bits(numbers[i]));
            bits |= xors[i];
        }

        // Not all are the same, or the run would be a constant, so there is a bit.
        var shift = BitOperations.TrailingZeroCount(bits);
        foreach (ref var xor in xors)
        {
            xor >>= shift;
        }

        into.Varint((ulong)shift);
        Pack(xors, 64 - BitOperations.LeadingZeroCount(bits) - shift, into);
    }

    private static void Pack(ReadOnlySpan<ulong> numbers, int width, ByteSink into)
    {
        into.Byte((byte)width);
        BitPacking.Pack(numbers, width, into.Zeroed(BitPacking.Size(numbers.Length, width)));
    }

    private static void Spread(ReadOnlySpan<double> values, ulong presence, Span<double> cells)
    {
        var at = 0;
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = (presence & (1UL << i)) != 0 ? values[at++] : CellValue.Absent;
        }
    }
}
