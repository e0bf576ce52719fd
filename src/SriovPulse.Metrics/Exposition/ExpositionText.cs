using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace SriovPulse.Metrics.Exposition;

/// <summary>An exposition's bytes, and where in them something is wrong.</summary>
/// <param name="bytes">The bytes.</param>
/// <param name="firstLine">Number of their first line: above 1 when they are a later part of a file.</param>
internal readonly ref struct ExpositionText(ReadOnlySpan<byte> bytes, long firstLine)
{
    private static readonly SearchValues<byte> s_nameBytes =
        SearchValues.Create("0123456789:ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"u8);

    private static readonly SearchValues<byte> s_labelNameBytes =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"u8);

    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    public int Length => Bytes.Length;

    /// <summary>The byte at a position; past the end a line feed, as every line ends with one.</summary>
    public byte At(int position) => (uint)position < (uint)Bytes.Length ? Bytes[position] : (byte)'\n';

    /// <summary>The end of the metric name that begins at a position; the position itself when none does.</summary>
    public int NameEnd(int position) => End(position, s_nameBytes);

    /// <summary>The end of the label name that begins at a position; the position itself when none does.</summary>
    public int LabelNameEnd(int position) => End(position, s_labelNameBytes);

    /// <summary>The next position that is no space and no tab.</summary>
    public int SkipBlanks(int position)
    {
        while ((uint)position < (uint)Bytes.Length && Bytes[position] is (byte)' ' or (byte)'\t')
        {
            position++;
        }

        return position;
    }

    /// <summary>The next of two bytes or a line feed, or the end.</summary>
    public int Next(int position, byte first, byte second)
    {
        var distance = Bytes[position..].IndexOfAny(first, second, (byte)'\n');
        return distance < 0 ? Bytes.Length : position + distance;
    }

    /// <summary>The line feed that ends a line, or the end.</summary>
    public int LineEnd(int position)
    {
        var distance = Bytes[position..].IndexOf((byte)'\n');
        return distance < 0 ? Bytes.Length : position + distance;
    }

    [DoesNotReturn]
    public void Expected(string expected, int position)
    {
        var found = position >= Bytes.Length ? "the end" : Bytes[position] switch
        {
            (byte)'\n' => "the end of the line",
            (byte)'\r' => "a carriage return (lines end with a line feed alone)",
            (byte)' ' => "a space",
            (byte)'\t' => "a tab",
            < 0x20 or 0x7f => $"the byte 0x{Bytes[position]:x2}",
            _ => $"\"{Excerpt(position)}\"",
        };
        Fail($"expected {expected}, found {found}", position);
    }

    [DoesNotReturn]
    public void Fail(string problem, int position) => throw Error(problem, position);

    public long LineAt(int position) => firstLine + Bytes[..Math.Min(position, Bytes.Length)].Count((byte)'\n');

    public ExpositionException Error(string problem, int position)
    {
        var before = Bytes[..Math.Min(position, Bytes.Length)];
        var line = before[(before.LastIndexOf((byte)'\n') + 1)..];
        var column = 1;
        foreach (var b in line)
        {
            // Continuation bytes belong to the character before them.
            column += (b & 0xc0) == 0x80 ? 0 : 1;
        }

        return new ExpositionException(LineAt(position), column, problem);
    }

    private int End(int position, SearchValues<byte> allowed)
    {
        if ((uint)position >= (uint)Bytes.Length || Bytes[position] is >= (byte)'0' and <= (byte)'9')
        {
            return position;
        }

        var length = Bytes[position..].IndexOfAnyExcept(allowed);
        return length < 0 ? Bytes.Length : position + length;
    }

    private string Excerpt(int position)
    {
        var rest = Bytes[position..];
        var length = rest.IndexOfAny(" \t\r\n"u8);
        return Encoding.UTF8.GetString(rest[..Math.Min(length < 0 ? rest.Length : length, 24)]);
    }
}
