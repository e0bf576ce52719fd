using System.Buffers;
using System.Text;

namespace SriovPulse.Metrics.Exposition;

/// <summary>Text with backslashes. Where one stands before a character that needs none, both stay, as in Prometheus.</summary>
internal static class EscapedText
{
    /// <summary>A label's name or value, or OpenMetrics help: <c>\\</c>, <c>\n</c> and <c>\"</c>.</summary>
    public static string Decode(ReadOnlySpan<byte> raw)
    {
        if (raw.IndexOf((byte)'\\') < 0)
        {
            return TextCache.Get(raw);
        }

        var buffer = ArrayPool<byte>.Shared.Rent(raw.Length);
        var text = Encoding.UTF8.GetString(buffer.AsSpan(0, Decode(raw, buffer, quotes: true)));
        ArrayPool<byte>.Shared.Return(buffer);
        return text;
    }

    /// <summary>Writes the text without its backslashes and returns its length.</summary>
    /// <param name="raw">The text.</param>
    /// <param name="into">Room for as many bytes.</param>
    /// <param name="quotes">Whether <c>\"</c> is one of the escapes; in help of the text format it is not.</param>
    public static int Decode(ReadOnlySpan<byte> raw, Span<byte> into, bool quotes)
    {
        var length = 0;
        for (var i = 0; i < raw.Length; i++)
        {
            var b = raw[i];
            if (b == '\\' && i + 1 < raw.Length)
            {
                var replaced = raw[i + 1] switch { (byte)'\\' => '\\', (byte)'n' => '\n', (byte)'"' when quotes => '"', _ => '\0' };
                if (replaced != '\0')
                {
                    b = (byte)replaced;
                    i++;
                }
            }

            into[length++] = b;
        }

        return length;
    }
}
