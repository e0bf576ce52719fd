using System.Globalization;
using System.Text;
using SriovPulse.PromQL.Parsing;

namespace SriovPulse.Cli.Query;

/// <summary>A message about a place of an expression: the message, the line, carets under the place.</summary>
internal static class MarkedText
{
    public static string Format(string text, TextRange range, string message)
    {
        var (line, column) = range.Locate(text);
        var first = text.LastIndexOf('\n', Math.Max(0, Math.Min(range.Start, text.Length) - 1)) + 1;
        first = range.Start == 0 ? 0 : Math.Min(first, range.Start);
        var last = text.IndexOf('\n', Math.Min(range.Start, text.Length));
        var shown = text[first..(last < 0 ? text.Length : last)].TrimEnd('\r');
        var before = Math.Min(range.Start - first, shown.Length);
        var marked = Math.Clamp(range.End - range.Start, 1, Math.Max(1, shown.Length - before));

        // Tabs stay tabs, so that the carets stand where the terminal shows the place.
        var indent = string.Concat(shown.Take(before).Select(static c => c == '\t' ? '\t' : ' '));
        return new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"{line}:{column}: {message}\n")
            .Append(CultureInfo.InvariantCulture, $"  {shown}\n")
            .Append(CultureInfo.InvariantCulture, $"  {indent}{new string('^', marked)}\n")
            .ToString();
    }
}
