namespace SriovPulse.Agent.Configuration;

/// <summary>Guesses what a misspelt name was meant to be.</summary>
internal static class Spelling
{
    /// <summary>" (did you mean NAME?)", or nothing when no candidate is near.</summary>
    public static string Hint(string name, IEnumerable<string> candidates)
    {
        var best = candidates
            .Select(candidate => (candidate, distance: Distance(name, candidate)))
            .Where(pair => pair.distance <= Math.Max(1, Math.Min(name.Length, pair.candidate.Length) / 3))
            .OrderBy(pair => pair.distance)
            .Select(pair => pair.candidate)
            .FirstOrDefault();
        return best is null ? string.Empty : $" (did you mean {best}?)";
    }

    /// <summary>Insertions, deletions, replacements and swaps of neighbours (optimal string alignment) that turn one into the other; case and - or _ count for nothing.</summary>
    internal static int Distance(string from, string to)
    {
        var rows = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
        {
            for (var j = 0; j <= to.Length; j++)
            {
                rows[i, j] = i == 0 || j == 0 ? i + j : Step(i, j);
            }
        }

        return rows[from.Length, to.Length];

        int Step(int i, int j)
        {
            var replaced = rows[i - 1, j - 1] + (Fold(from[i - 1]) == Fold(to[j - 1]) ? 0 : 1);
            var best = Math.Min(replaced, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
            return i > 1 && j > 1 && Fold(from[i - 1]) == Fold(to[j - 2]) && Fold(from[i - 2]) == Fold(to[j - 1])
                ? Math.Min(best, rows[i - 2, j - 2] + 1)
                : best;
        }
    }

    private static char Fold(char c) => c == '_' ? '-' : char.ToLowerInvariant(c);
}
