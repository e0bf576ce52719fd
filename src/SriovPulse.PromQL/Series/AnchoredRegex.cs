using System.Text.RegularExpressions;

namespace SriovPulse.PromQL.Series;

/// <summary>Regular expressions as Prometheus uses them: RE2's, matching a whole string, <c>.</c> including newlines.</summary>
public static class AnchoredRegex
{
    /// <summary>A regular expression that runs in linear time, as RE2 does.</summary>
    /// <exception cref="ArgumentException">It is no regular expression, or uses what linear time does not allow (look-around, back-references).</exception>
    public static Regex Create(string pattern)
    {
        try
        {
            return new Regex($@"\A(?s:{pattern})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (NotSupportedException e)
        {
            throw new ArgumentException(e.Message, nameof(pattern), e);
        }
    }
}
