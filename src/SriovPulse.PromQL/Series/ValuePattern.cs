using System.Buffers;

namespace SriovPulse.PromQL.Series;

/// <summary>
/// A matcher's regular expression. Most are lists of plain values or begin or end with <c>.*</c>: those are compared as strings, for a regular expression
/// costs a hundred times as much.
/// </summary>
internal sealed class ValuePattern
{
    private static readonly SearchValues<char> s_special = SearchValues.Create(@"\.+*?()|[]{}^$");

    private readonly HashSet<string>? _values;
    private readonly (string Text, bool OpenStart, bool OpenEnd)[]? _parts;
    private readonly System.Text.RegularExpressions.Regex? _regex;

    public ValuePattern(string pattern)
    {
        var alternatives = Unwrap(pattern).Split('|');
        if (Array.TrueForAll(alternatives, static text => !text.AsSpan().ContainsAny(s_special)))
        {
            _values = new HashSet<string>(alternatives, StringComparer.Ordinal);
            return;
        }

        _parts = Parts(alternatives);
        _regex = _parts is null ? AnchoredRegex.Create(pattern) : null;
    }

    public bool Matches(string value)
    {
        if (_values is not null)
        {
            return _values.Contains(value);
        }

        if (_regex is not null)
        {
            return _regex.IsMatch(value);
        }

        foreach (var (text, openStart, openEnd) in _parts!)
        {
            var matches = (openStart, openEnd) switch
            {
                (true, true) => value.Contains(text, StringComparison.Ordinal),
                (true, false) => value.EndsWith(text, StringComparison.Ordinal),
                (false, true) => value.StartsWith(text, StringComparison.Ordinal),
                _ => value == text,
            };
            if (matches)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Without a group around all of it.</summary>
    private static string Unwrap(string pattern)
    {
        var inner = pattern.StartsWith('(') && pattern.EndsWith(')') ? pattern[1..^1] : pattern;
        return inner.AsSpan().ContainsAny('(', ')') ? pattern : inner;
    }

    private static (string, bool, bool)[]? Parts(string[] alternatives)
    {
        var parts = new (string, bool, bool)[alternatives.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            var text = alternatives[i];
            var openStart = text.StartsWith(".*", StringComparison.Ordinal);
            text = openStart ? text[2..] : text;
            var openEnd = text.EndsWith(".*", StringComparison.Ordinal);
            text = openEnd ? text[..^2] : text;
            if (text.AsSpan().ContainsAny(s_special))
            {
                return null;
            }

            parts[i] = (text, openStart, openEnd);
        }

        return parts;
    }
}
