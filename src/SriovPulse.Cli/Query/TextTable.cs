using System.Text;

namespace SriovPulse.Cli.Query;

/// <summary>Rows of texts in columns that are as wide as they have to be.</summary>
internal static class TextTable
{
    /// <summary>Formats them; the last column is aligned to the right when it holds numbers.</summary>
    public static string Format(IReadOnlyList<string> header, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var widths = new int[header.Count];
        foreach (var row in rows.Prepend(header))
        {
            for (var i = 0; i < row.Count; i++)
            {
                widths[i] = Math.Max(widths[i], row[i].Length);
            }
        }

        var text = new StringBuilder();
        foreach (var row in rows.Prepend(header))
        {
            for (var i = 0; i < row.Count; i++)
            {
                var isLast = i == row.Count - 1;
                text.Append(isLast ? row[i].PadLeft(widths[i]) : row[i].PadRight(widths[i])).Append(isLast ? "\n" : "  ");
            }
        }

        return text.ToString();
    }
}
