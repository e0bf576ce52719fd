using System.Globalization;
using System.Text;

namespace SriovPulse.PromQL.Series;

/// <summary>
/// Writes a pattern of RE2 (what Prometheus matches with) as one of .NET that means the same: classes such as <c>\d</c> are ASCII, <c>$</c> is the very
/// end, <c>[</c> within a class is a character. What RE2 does not know is refused, though .NET would take it.
/// </summary>
internal static class Re2Pattern
{
    private static readonly Dictionary<char, (string Ranges, string Complement)> s_classes = new()
    {
        ['d'] = ("0-9", @"\x00-/:-\uffff"),
        ['w'] = ("0-9A-Za-z_", @"\x00-/:-@\[-\^`{-\uffff"),
        ['s'] = (@"\t\n\f\r ", @"\x00-\x08\x0b\x0e-\x1f!-\uffff"),
    };

    private static readonly Dictionary<string, (string Ranges, string Complement)> s_posix = new(StringComparer.Ordinal)
    {
        ["alnum"] = ("0-9A-Za-z", @"\x00-/:-@\[-`{-\uffff"),
        ["alpha"] = ("A-Za-z", @"\x00-@\[-`{-\uffff"),
        ["ascii"] = (@"\x00-\x7f", @"\x80-\uffff"),
        ["blank"] = (@"\t ", @"\x00-\x08\x0a-\x1f!-\uffff"),
        ["cntrl"] = (@"\x00-\x1f\x7f", @" -~\x80-\uffff"),
        ["digit"] = s_classes['d'],
        ["graph"] = ("!-~", @"\x00- \x7f-\uffff"),
        ["lower"] = ("a-z", @"\x00-`{-\uffff"),
        ["print"] = (" -~", @"\x00-\x1f\x7f-\uffff"),
        ["punct"] = (@"!-/:-@\[-`{-~", @"\x00- 0-9A-Za-z\x7f-\uffff"),
        ["space"] = (@"\t-\r ", @"\x00-\x08\x0e-\x1f!-\uffff"),
        ["upper"] = ("A-Z", @"\x00-@\[-\uffff"),
        ["word"] = s_classes['w'],
        ["xdigit"] = ("0-9A-Fa-f", @"\x00-/:-@G-`g-\uffff"),
    };

    /// <summary>The pattern for .NET, not anchored yet.</summary>
    /// <exception cref="ArgumentException">RE2 does not know it.</exception>
    public static string Translate(string pattern)
    {
        var text = new StringBuilder(pattern.Length + 8);
        var isMultiline = false;
        for (var at = 0; at < pattern.Length;)
        {
            switch (pattern[at])
            {
                case '\\':
                    Escape(pattern, ref at, text, inClass: false);
                    break;
                case '[':
                    Class(pattern, ref at, text);
                    break;
                case '(' when at + 1 < pattern.Length && pattern[at + 1] == '?':
                    isMultiline |= Group(pattern, ref at, text);
                    break;
                case '$' when !isMultiline:
                    // .NET's also matches before a last newline.
                    text.Append(@"\z");
                    at++;
                    break;
                default:
                    text.Append(pattern[at++]);
                    break;
            }
        }

        return text.ToString();
    }

    /// <summary>True when from here on <c>$</c> matches at the end of each line.</summary>
    private static bool Group(string pattern, ref int at, StringBuilder text)
    {
        var rest = pattern.AsSpan(at + 2);
        if (rest.StartsWith("P<", StringComparison.Ordinal))
        {
            text.Append("(?<");
            at += 4;
            return false;
        }

        if (rest.Length > 1 && rest[0] == '<' && rest[1] is not ('=' or '!'))
        {
            text.Append("(?<");
            at += 3;
            return false;
        }

        var flags = 0;
        while (flags < rest.Length && rest[flags] is 'i' or 'm' or 's' or '-')
        {
            flags++;
        }

        if (flags == rest.Length || rest[flags] is not (':' or ')'))
        {
            throw Unknown(pattern, at, Math.Min(pattern.Length, at + 3 + flags), "invalid or unsupported group");
        }

        text.Append(pattern, at, flags + 3);
        at += flags + 3;
        return rest[..flags].IndexOf('m') is >= 0 and var m && rest[..flags].IndexOf('-') is var minus && (minus < 0 || m < minus);
    }

    private static void Class(string pattern, ref int at, StringBuilder text)
    {
        var start = at++;
        text.Append('[');
        if (at < pattern.Length && pattern[at] == '^')
        {
            text.Append(pattern[at++]);
        }

        for (var first = true; at < pattern.Length && (pattern[at] != ']' || first); first = false)
        {
            if (pattern[at] == '[' && at + 1 < pattern.Length && pattern[at + 1] == ':' && pattern.IndexOf(":]", at + 2, StringComparison.Ordinal) is > 0 and var end)
            {
                Posix(pattern, at, end, text);
                at = end + 2;
            }
            else if (pattern[at] == '\\')
            {
                Escape(pattern, ref at, text, inClass: true);
            }
            else
            {
                // .NET subtracts classes by "-[" and needs "]" escaped where it comes first.
                text.Append(pattern[at] is '[' or ']' ? "\\" : string.Empty).Append(pattern[at++]);
            }
        }

        if (at == pattern.Length)
        {
            throw Unknown(pattern, start, at, "missing closing ]");
        }

        text.Append(pattern[at++]);
    }

    private static void Posix(string pattern, int at, int end, StringBuilder text)
    {
        var name = pattern[(at + 2)..end];
        var negated = name.StartsWith('^');
        if (!s_posix.TryGetValue(negated ? name[1..] : name, out var ranges))
        {
            throw Unknown(pattern, at, end + 2, "invalid character class range");
        }

        text.Append(negated ? ranges.Complement : ranges.Ranges);
    }

    private static void Escape(string pattern, ref int at, StringBuilder text, bool inClass)
    {
        var start = at++;
        if (at == pattern.Length)
        {
            throw Unknown(pattern, start, at, "trailing backslash");
        }

        var c = pattern[at++];
        if (s_classes.TryGetValue(char.ToLowerInvariant(c), out var ranges))
        {
            var inside = char.IsLower(c) ? ranges.Ranges : ranges.Complement;
            text.Append(inClass ? inside : $"[{inside}]");
            return;
        }

        switch (c)
        {
            case 'Q' when !inClass:
                var end = pattern.IndexOf(@"\E", at, StringComparison.Ordinal);
                var quoted = end < 0 ? pattern[at..] : pattern[at..end];
                text.Append(System.Text.RegularExpressions.Regex.Escape(quoted).Replace("]", @"\]", StringComparison.Ordinal).Replace("}", @"\}", StringComparison.Ordinal));
                at = end < 0 ? pattern.Length : end + 2;
                return;
            case 'p' or 'P':
                UnicodeClass(pattern, start, ref at, c, text);
                return;
            case 'x':
                Character(text, Hex(pattern, start, ref at), inClass);
                return;
            case >= '1' and <= '7' when at < pattern.Length && pattern[at] is >= '0' and <= '7':
            case '0':
                Character(text, Octal(pattern, ref at), inClass);
                return;
            case 'a' or 'f' or 'n' or 'r' or 't' or 'v':
            case 'b' or 'B' or 'A' or 'z' when !inClass:
            case not (>= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or >= '\u0080'):
                text.Append('\\').Append(c);
                return;
            default:
                throw Unknown(pattern, start, at, "invalid escape sequence");
        }
    }

    private static void UnicodeClass(string pattern, int start, ref int at, char kind, StringBuilder text)
    {
        var end = at < pattern.Length && pattern[at] == '{' ? pattern.IndexOf('}', at) + 1 : at + 1;
        if (end <= at || end > pattern.Length)
        {
            throw Unknown(pattern, start, pattern.Length, "invalid character class range");
        }

        var name = pattern[at..end].Trim('{', '}');
        at = end;
        if (name.StartsWith('^'))
        {
            (name, kind) = (name[1..], kind == 'p' ? 'P' : 'p');
        }

        // .NET knows the categories by the same names, but no scripts.
        if (name.Length is 0 or > 2)
        {
            throw Unknown(pattern, start, end, "unsupported Unicode class");
        }

        text.Append('\\').Append(kind).Append('{').Append(name).Append('}');
    }

    private static int Hex(string pattern, int start, ref int at)
    {
        var braced = at < pattern.Length && pattern[at] == '{';
        var end = braced ? pattern.IndexOf('}', at) : Math.Min(pattern.Length, at + 2);
        var digits = end < at ? default : pattern.AsSpan(at + (braced ? 1 : 0), end - at - (braced ? 1 : 0));
        if (digits.Length < (braced ? 1 : 2) || !int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) || !Rune.IsValid(value))
        {
            throw Unknown(pattern, start, Math.Min(pattern.Length, at + 2), "invalid escape sequence");
        }

        at = end + (braced ? 1 : 0);
        return value;
    }

    private static int Octal(string pattern, ref int at)
    {
        var value = pattern[at - 1] - '0';
        for (var digits = 1; digits < 3 && at < pattern.Length && pattern[at] is >= '0' and <= '7'; digits++)
        {
            value = (value * 8) + pattern[at++] - '0';
        }

        return value;
    }

    private static void Character(StringBuilder text, int rune, bool inClass)
    {
        if (rune <= 0xffff)
        {
            text.Append(CultureInfo.InvariantCulture, $@"\u{rune:x4}");
            return;
        }

        // Beyond the basic plane .NET sees two characters, which no class can hold.
        if (inClass)
        {
            throw new ArgumentException($"character U+{rune:X} within a class is not supported");
        }

        text.Append("(?:").Append(new Rune(rune).ToString()).Append(')');
    }

    private static ArgumentException Unknown(string pattern, int start, int end, string what) => new($"{what}: `{pattern[start..end]}`");
}
