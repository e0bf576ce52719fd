namespace SriovPulse.Metrics.Scraping.Configuration;

/// <summary>Guesses what a misspelt word was meant to be.</summary>
internal static class Nearest
{
    /// <summary>The candidate with the fewest letters inserted, removed or replaced; null when all need more than so many.</summary>
    public static string? To(string word, IEnumerable<string> candidates, int mostEdits)
    {
        var (best, fewest) = ((string?)null, mostEdits + 1);
        foreach (var candidate in candidates.Order(StringComparer.Ordinal))
        {
            var edits = Edits(word, candidate);
            if (edits < fewest)
            {
                (best, fewest) = (candidate, edits);
            }
        }

        return best;
    }

    private static int Edits(string from, string to)
    {
        // One row of the table of distances between all beginnings of the two words.
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j - 1], diagonal) + 1);
            }
        }

        return row[^1];
    }
}
