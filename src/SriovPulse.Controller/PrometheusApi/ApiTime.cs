using System.Globalization;
using SriovPulse.PromQL.Parsing;

namespace SriovPulse.Controller.PrometheusApi;

/// <summary>Times and durations as Prometheus' API takes them. Times are milliseconds since 1970.</summary>
public static class ApiTime
{
    // What Go's extreme times look like; clients send them for "from whenever" and "until whenever".
    private const string MinTime = "-292273086-05-16T16:47:06Z";
    private const string MaxTime = "292277025-08-18T07:12:54.999999999Z";

    // Seconds that fit into the milliseconds of a long with room for offsets.
    private const double MostSeconds = 9.2e14;

    private static readonly string[] s_formats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>Reads a time: seconds since 1970, or RFC 3339.</summary>
    public static bool TryParseTime(string text, out long milliseconds)
    {
        milliseconds = text switch
        {
            MinTime => long.MinValue,
            MaxTime => long.MaxValue,
            _ => 0,
        };
        if (milliseconds != 0)
        {
            return true;
        }

        if (TryParseSeconds(text, out milliseconds))
        {
            return true;
        }

        // RFC 3339 wants a zone; K would also take none. Digits beyond a tenth of a microsecond are of no use here.
        if (text.Length < 20 || !(text[^1] is 'Z' or 'z' || text[^6] is '+' or '-') ||
            !DateTimeOffset.TryParseExact(Trim(text), s_formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return false;
        }

        milliseconds = time.ToUnixTimeMilliseconds();
        return true;
    }

    /// <summary>Reads a duration: seconds, or as <c>1m30s</c>.</summary>
    public static bool TryParseDuration(string text, out long milliseconds)
    {
        if (TryParseSeconds(text, out milliseconds))
        {
            return true;
        }

        var isDuration = DurationText.TryParse(text, out var duration);
        milliseconds = isDuration ? (long)duration.TotalMilliseconds : 0;
        return isDuration;
    }

    private static bool TryParseSeconds(string text, out long milliseconds)
    {
        var isNumber = double.TryParse(text, NumberStyles.Float & ~(NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite), CultureInfo.InvariantCulture, out var seconds)
            && Math.Abs(seconds) <= MostSeconds;
        milliseconds = isNumber ? (long)Math.Round(seconds * 1000) : 0;
        return isNumber;
    }

    private static string Trim(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        var end = dot + 1;
        while (dot >= 0 && end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return dot >= 0 && end - dot > 8 ? text.Remove(dot + 8, end - dot - 8) : text;
    }
}
