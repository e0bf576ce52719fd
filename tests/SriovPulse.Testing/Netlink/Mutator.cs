namespace SriovPulse.Testing.Netlink;

/// <summary>Damages netlink bytes where it hurts: lengths, types, numbers, the end. Takes back what it did before, so large originals cost nothing.</summary>
public sealed class Mutator
{
    private readonly byte[] _original;
    private readonly byte[] _buffer;
    private readonly List<int> _changed = [];

    /// <summary>Works on a copy of an original.</summary>
    public Mutator(ReadOnlySpan<byte> original)
    {
        _original = original.ToArray();
        _buffer = original.ToArray();
    }

    /// <summary>The original, damaged in one to six places. Valid until the next call.</summary>
    public ReadOnlySpan<byte> Mutate(ref FuzzRandom random)
    {
        foreach (var offset in _changed)
        {
            _buffer[offset] = _original[offset];
        }

        _changed.Clear();
        var length = _buffer.Length;
        for (var i = random.Below(6); i >= 0; i--)
        {
            switch (random.Below(16))
            {
                case 0:
                    length = random.Below(_buffer.Length + 1);
                    break;
                case 1 or 2:
                    Set(Offset(ref random), (byte)random.Next());
                    break;
                case 3 or 4:
                    var bit = Offset(ref random);
                    Set(bit, (byte)(_buffer[bit] ^ (1 << random.Below(8))));
                    break;
                case >= 5 and <= 9:
                    var field = Offset(ref random) & ~3;
                    Set16(field, AttributeLength(ref random, _buffer.Length - field));
                    break;
                case 10 or 11:
                    Set16((Offset(ref random) & ~3) + 2, random.Below(70) | (random.Below(4) << 14));
                    break;
                case 12 or 13:
                    var number = Offset(ref random) & ~3;
                    var value = Number(ref random);
                    Set16(number, (int)(value & 0xffff));
                    Set16(number + 2, (int)(value >> 16));
                    break;
                default:
                    Copy(Offset(ref random) & ~3, Offset(ref random) & ~3, random.Below(64));
                    break;
            }
        }

        return _buffer.AsSpan(0, length);
    }

    private static int AttributeLength(ref FuzzRandom random, int left) => random.Below(8) switch
    {
        0 => 0,
        1 => random.Below(5),
        2 => left,
        3 => left + 1,
        4 => left + random.Below(8) - 4,
        5 => 0xffff,
        6 => random.Below(64),
        _ => (int)random.Next(),
    };

    private static uint Number(ref FuzzRandom random) => random.Below(6) switch
    {
        0 => 0,
        1 => 1,
        2 => uint.MaxValue,
        3 => int.MaxValue,
        4 => (uint)random.Below(600),
        _ => (uint)random.Next(),
    };

    // What matters most is at the front: headers, and how many VFs there are.
    private int Offset(ref FuzzRandom random) =>
        random.Below(2) == 0 ? random.Below(_buffer.Length) : random.Below(Math.Min(_buffer.Length, 512));

    private void Copy(int from, int to, int count)
    {
        for (var i = 0; i < count && Math.Max(from, to) + i < _buffer.Length; i++)
        {
            Set(to + i, _buffer[from + i]);
        }
    }

    private void Set16(int offset, int value)
    {
        Set(offset, (byte)value);
        Set(offset + 1, (byte)(value >> 8));
    }

    private void Set(int offset, byte value)
    {
        if (offset < _buffer.Length)
        {
            _buffer[offset] = value;
            _changed.Add(offset);
        }
    }
}
