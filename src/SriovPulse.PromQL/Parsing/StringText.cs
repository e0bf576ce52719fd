using System.Globalization;
using System.Text;

namespace SriovPulse.PromQL.Parsing;

/// <summary>
/// Strings as PromQL writes them: with Go's escapes in <c>"</c> and <c>'</c>, raw in backquotes. A byte that is no UTF-8 is kept as U+DC00 plus the byte,
/// so that it is not lost and can be told from every true character.
/// </summary>
internal static class StringText
{
    /// <summary>Reads a string from its opening quote; leaves <paramref name="at"/> behind the closing one.</summary>
    public static string Read(string text, ref int at, char quote, DiagnosticBag bag)
    {
        var start = at++;
        var value = new StringBuilder();
        var bytes = new List<byte>();
        while (at < text.Length && text[at] != quote && (quote == '`' || text[at] != '\n'))
        {
            if (text[at] != '\\' || quote == '`')
            {
                Flush(bytes, value);
                value.Append(text[at++]);
                continue;
            }

            ReadEscape(text, ref at, quote, bytes, value, bag);
        }

        Flush(bytes, value);
        if (at < text.Length && text[at] == quote)
        {
            at++;
        }
        else
        {
            bag.Syntax(new TextRange(start, at), $"unterminated string: expected a closing {quote}");
        }

        return value.ToString();
    }

    /// <summary>Writes a string so that it reads back as the same.</summary>
    public static string Quote(string value)
    {
        var text = new StringBuilder("\"");
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (char.IsHighSurrogate(c) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]))
            {
                text.Append(c).Append(value[++i]);
                continue;
            }

            _ = c switch
            {
                '\\' => text.Append("\\\\"),
                '"' => text.Append("\\\""),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                < ' ' or '\u007f' => text.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}"),
                >= '\udc80' and <= '\udcff' => text.Append(CultureInfo.InvariantCulture, $"\\x{c - 0xdc00:x2}"),
                _ => text.Append(c),
            };
        }

        return text.Append('"').ToString();
    }

    /// <summary>Whether a text is Unicode throughout, without bytes that are no UTF-8.</summary>
    public static bool IsValid(string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (char.IsHighSurrogate(value[i]) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(value[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static void ReadEscape(string text, ref int at, char quote, List<byte> bytes, StringBuilder value, DiagnosticBag bag)
    {
        var start = at++;
        var c = at < text.Length ? text[at++] : '\0';
        switch (c)
        {
            case 'x':
                bytes.Add((byte)Digits(text, ref at, start, 2, 16, bag));
                return;
            case >= '0' and <= '7':
                at--;
                bytes.Add((byte)Digits(text, ref at, start, 3, 8, bag));
                return;
            case 'u' or 'U':
                Flush(bytes, value);
                var rune = Digits(text, ref at, start, c == 'u' ? 4 : 8, 16, bag);
                if (Rune.IsValid(rune))
                {
                    value.Append(new Rune(rune).ToString());
                }
                else
                {
                    bag.Syntax(new TextRange(start, at), "escape names no Unicode character");
                }

                return;
        }

        Flush(bytes, value);
        var meaning = c switch
        {
            'a' => '\a', 'b' => '\b', 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', 'v' => '\v', '\\' => '\\',
            _ when c == quote => c,
            _ => '\0',
        };
        if (meaning == '\0')
        {
            bag.Syntax(new TextRange(start, at), $"unknown escape sequence in string: expected one of \\a \\b \\f \\n \\r \\t \\v \\\\ \\{quote} \\x \\u \\U or an octal number");
            return;
        }

        value.Append(meaning);
    }

    private static int Digits(string text, ref int at, int start, int count, int radix, DiagnosticBag bag)
    {
        var number = 0;
        for (var i = 0; i < count; i++)
        {
            var digit = at < text.Length && char.IsAsciiHexDigit(text[at]) ? Convert.ToInt32(text[at].ToString(), 16) : radix;
            if (digit >= radix)
            {
                bag.Syntax(new TextRange(start, at), $"escape sequence needs {count} digits of base {radix}");
                return number;
            }

            number = unchecked((number * radix) + digit);
            at++;
        }

        if (radix == 8 && number > 255)
        {
            bag.Syntax(new TextRange(start, at), "octal escape is greater than 255");
        }

        return number;
    }

    private static void Flush(List<byte> bytes, StringBuilder value)
    {
        if (bytes.Count == 0)
        {
            return;
        }

        ReadOnlySpan<byte> rest = bytes.ToArray();
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(rest, out var rune, out var length) == System.Buffers.OperationStatus.Done)
            {
                value.Append(rune.ToString());
            }
            else
            {
                length = 1;
                value.Append((char)(0xdc00 + rest[0]));
            }

            rest = rest[length..];
        }

        bytes.Clear();
    }
}
