using System.Text;
using System.Text.RegularExpressions;

namespace SriovPulse.Metrics.Scraping.Relabeling;

/// <summary>
/// A replacement as Go's regexp package expands it: <c>$1</c>, <c>${1}</c>, <c>$name</c>, <c>${name}</c>, <c>$$</c>. A name is as long as it can be,
/// so <c>$1x</c> means the group <c>1x</c>, and a group that is not there is empty.
/// </summary>
public sealed class ReplacementTemplate
{
    private readonly List<(string Text, bool IsGroup)> _parts = [];

    /// <summary>Reads a template; whatever is no reference stands for itself.</summary>
    public ReplacementTemplate(string text)
    {
        Text = text;
        var literal = new StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != '$')
            {
                literal.Append(text[at]);
            }
            else if (at + 1 < text.Length && text[at + 1] == '$')
            {
                literal.Append('$');
                at++;
            }
            else if (Reference(text, at) is var (name, length) && length > 0)
            {
                Flush(literal);
                _parts.Add((name, true));
                at += length - 1;
            }
            else
            {
                literal.Append('$');
            }
        }

        Flush(literal);
    }

    /// <summary>The template as it was written.</summary>
    public string Text { get; }

    /// <summary>Whether it depends on what was matched.</summary>
    public bool HasReferences => _parts.Exists(static part => part.IsGroup);

    /// <summary>What it becomes for a match.</summary>
    public string Expand(Match match)
    {
        if (_parts is [var single])
        {
            return single.IsGroup ? match.Groups[single.Text].Value : single.Text;
        }

        var result = new StringBuilder();
        foreach (var (text, isGroup) in _parts)
        {
            result.Append(isGroup ? match.Groups[text].ValueSpan : text);
        }

        return result.ToString();
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private void Flush(StringBuilder literal)
    {
        if (literal.Length > 0)
        {
            _parts.Add((literal.ToString(), false));
            literal.Clear();
        }
    }

    private static (string Name, int Length) Reference(string text, int dollar)
    {
        var braced = dollar + 1 < text.Length && text[dollar + 1] == '{';
        var start = dollar + (braced ? 2 : 1);
        var end = start;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] == '_'))
        {
            end++;
        }

        if (end == start || (braced && (end == text.Length || text[end] != '}')))
        {
            return (string.Empty, 0);
        }

        return (text[start..end], end - dollar + (braced ? 1 : 0));
    }
}
