using System.Text.RegularExpressions;

namespace SriovPulse.PromQL.Series;

/// <summary>
/// Regular expressions as Prometheus uses them: RE2's, matching a whole string, <c>.</c> including newlines. Known differences: <c>\b</c> is .NET's word
/// boundary, and characters beyond U+FFFF count as two.
/// </summary>
public static class AnchoredRegex
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    /// <summary>A regular expression that runs in linear time, as RE2 does.</summary>
    /// <exception cref="ArgumentException">It is no regular expression of RE2; the message says what is wrong.</exception>
    public static Regex Create(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        var translated = Re2Pattern.Translate(pattern);
        try
        {
            // It must hold on its own: otherwise ")(" would close the group that is put around it.
            _ = new Regex(translated, Options);
            return new Regex($@"\A(?s:{translated})\z", Options);
        }
        catch (NotSupportedException e)
        {
            throw new ArgumentException(e.Message, nameof(pattern), e);
        }
    }
}
