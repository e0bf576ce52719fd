using System.Buffers.Text;

namespace SriovPulse.Linux.Files;

/// <summary>Numbers as attributes spell them: one number, with white space around it at most.</summary>
public static class NumberText
{
    /// <summary>Reads a decimal number; false for anything else, a sign or a number beyond 64 bits included.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out ulong value)
    {
        var text = Trim(utf8);

        // The library's parser takes a leading plus sign; no attribute has one.
        return Utf8Parser.TryParse(text, out value, out var used) && used == text.Length && text[0] is >= (byte)'0' and <= (byte)'9';
    }

    /// <summary>Reads a decimal number that may be negative.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out int value)
    {
        var text = Trim(utf8);
        return Utf8Parser.TryParse(text, out value, out var used) && used == text.Length && text[0] != (byte)'+';
    }

    /// <summary>Reads a hexadecimal number, with <c>0x</c> in front (<c>vendor</c>) or without (<c>sriov_vf_device</c>).</summary>
    public static bool TryParseHex(ReadOnlySpan<byte> utf8, out uint value)
    {
        var text = Trim(utf8);
        if (text.StartsWith("0x"u8) || text.StartsWith("0X"u8))
        {
            text = text[2..];
        }

        return Utf8Parser.TryParse(text, out value, out var used, 'x') && used == text.Length;
    }

    /// <summary>The text without white space and NULs at its ends.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> utf8) => utf8.Trim(" \t\r\n\0"u8);
}
