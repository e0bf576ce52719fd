using System.Text;

namespace SriovPulse.Linux.Rtnetlink;

/// <summary>Turns bytes into text, giving the old string back when it says the same.</summary>
internal static class KeptText
{
    private const int LongestKept = 128;

    /// <summary>UTF-8 text.</summary>
    public static string FromUtf8(ReadOnlySpan<byte> utf8, string? old)
    {
        // UTF-8 never has fewer bytes than UTF-16 has units.
        if (old is not null && utf8.Length <= LongestKept)
        {
            Span<char> text = stackalloc char[LongestKept];
            var length = Encoding.UTF8.GetChars(utf8, text);
            if (text[..length].SequenceEqual(old))
            {
                return old;
            }
        }

        return Encoding.UTF8.GetString(utf8);
    }

    /// <summary>Bytes as lower-case hexadecimal.</summary>
    public static string FromBytes(ReadOnlySpan<byte> bytes, string? old)
    {
        if (old is not null && bytes.Length <= LongestKept / 2)
        {
            Span<char> text = stackalloc char[LongestKept];
            if (Convert.TryToHexStringLower(bytes, text, out var length) && text[..length].SequenceEqual(old))
            {
                return old;
            }
        }

        return Convert.ToHexStringLower(bytes);
    }
}
