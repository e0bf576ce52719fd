using System.Buffers.Text;

namespace SriovPulse.Agent.Exposition;

/// <summary>Numbers as both text formats spell them.</summary>
internal static class ExpositionNumbers
{
    /// <summary>Room that any number fits into.</summary>
    public const int MaxLength = 32;

    /// <summary>Writes an integer and returns its length.</summary>
    public static int Write(ulong value, Span<byte> to)
    {
        Utf8Formatter.TryFormat(value, to, out var written);
        return written;
    }

    /// <summary>Writes the shortest text that reads back as the same double, and returns its length.</summary>
    public static int Write(double value, Span<byte> to)
    {
        // The formats' own spellings; .NET writes "Infinity".
        if (!double.IsFinite(value))
        {
            var name = double.IsNaN(value) ? "NaN"u8 : value > 0 ? "+Inf"u8 : "-Inf"u8;
            name.CopyTo(to);
            return name.Length;
        }

        Utf8Formatter.TryFormat(value, to, out var written);
        return written;
    }

    /// <summary>Writes milliseconds as seconds with three decimals, and returns the length.</summary>
    public static int WriteSeconds(long milliseconds, Span<byte> to)
    {
        Utf8Formatter.TryFormat(milliseconds / 1000m, to, out var written);
        return written;
    }
}
