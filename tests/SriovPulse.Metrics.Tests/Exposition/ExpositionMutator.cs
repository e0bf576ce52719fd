using SriovPulse.Testing.Netlink;

namespace SriovPulse.Metrics.Tests.Exposition;

/// <summary>Damages expositions where it hurts: quotes, braces, blanks, numbers, line ends, whole lines, the end.</summary>
internal sealed class ExpositionMutator(IReadOnlyList<byte[]> originals)
{
    private const int LargestGrowth = 4096;

    private static readonly byte[][] s_tokens =
    [
        .. new[]
        {
            "\"", "\\", "{", "}", "=", ",", " ", "\t", "\n", "\r", "\0", "#", "# ", "# EOF", "# EOF\n", "# TYPE ", "# HELP ", "# UNIT ", " # {", "NaN", "Inf", "-Inf",
            "+Inf", "1e999", "0x1p3", "-1", "1.5", "18446744073709551616", "le", "quantile", "_total", "_bucket", "_count", "_sum", "_created", "_info", "a", "9", "é",
            "counter", "gauge", "histogram", "summary", "info", "stateset", "unknown", "untyped", "{\"a.b\",", "\\n", "\\\"", "\\\\", "} 1 2\n", "a{b=\"c\"} 1\n",
        }.Select(System.Text.Encoding.UTF8.GetBytes),
        [0xff], [0xc3], [0x80],
    ];

    private readonly byte[] _buffer = new byte[originals.Max(static original => original.Length) + LargestGrowth];
    private int _length;

    /// <summary>One of the originals, damaged in one to four places. Valid until the next call.</summary>
    public ReadOnlySpan<byte> Mutate(ref FuzzRandom random)
    {
        var original = originals[random.Below(originals.Count)];
        original.CopyTo(_buffer, 0);
        _length = original.Length;
        for (var i = random.Below(4); i >= 0; i--)
        {
            switch (random.Below(12))
            {
                case 0:
                    _length = Place(ref random);
                    break;
                case 1 or 2:
                    Replace(Place(ref random), 1, [(byte)random.Next()]);
                    break;
                case 3 or 4:
                    Replace(Place(ref random), random.Below(4), default);
                    break;
                case >= 5 and <= 8:
                    Replace(Place(ref random), random.Below(3), s_tokens[random.Below(s_tokens.Length)]);
                    break;
                default:
                    RepeatLine(ref random);
                    break;
            }
        }

        return _buffer.AsSpan(0, _length);
    }

    private int Place(ref FuzzRandom random) => random.Below(_length + 1);

    private void RepeatLine(ref FuzzRandom random)
    {
        var from = LineStart(Place(ref random));
        var length = _buffer.AsSpan(from, _length - from).IndexOf((byte)'\n') + 1;
        Span<byte> line = stackalloc byte[256];
        if (length > 0 && length <= line.Length)
        {
            _buffer.AsSpan(from, length).CopyTo(line);
            if (random.Below(2) == 0)
            {
                Replace(from, length, default);
            }

            Replace(LineStart(Place(ref random)), 0, line[..length]);
        }
    }

    private int LineStart(int place) => _buffer.AsSpan(0, place).LastIndexOf((byte)'\n') + 1;

    private void Replace(int at, int removed, ReadOnlySpan<byte> inserted)
    {
        removed = Math.Min(removed, _length - at);
        if (_length - removed + inserted.Length > _buffer.Length)
        {
            return;
        }

        _buffer.AsSpan(at + removed, _length - at - removed).CopyTo(_buffer.AsSpan(at + inserted.Length));
        inserted.CopyTo(_buffer.AsSpan(at));
        _length += inserted.Length - removed;
    }
}
