using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace SriovPulse.Metrics.Scraping.Configuration;

/// <summary>Durations as Prometheus' configuration writes them: whole numbers, units from large to small, <c>1m30s</c>.</summary>
internal static class PrometheusDuration
{
    public const string Expected = "a duration such as 15s, 1m30s or 500ms";

    private static readonly (string Unit, long Milliseconds)[] s_units =
        [("y", 31_536_000_000), ("w", 604_800_000), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1)];

    public static bool TryParse([NotNullWhen(true)] string? text, out TimeSpan duration)
    {
        duration = default;
        if (text == "0")
        {
            return true;
        }

        long total = 0;
        var at = 0;
        var unitFrom = 0;
        while (text is not null && at < text.Length)
        {
            long number = 0;
            var digits = at;
            for (; at < text.Length && char.IsAsciiDigit(text[at]) && number < 1_000_000_000_000; at++)
            {
                number = (number * 10) + text[at] - '0';
            }

            var letters = at;
            while (at < text.Length && char.IsAsciiLetterLower(text[at]))
            {
                at++;
            }

            var unit = Array.FindIndex(s_units, unitFrom, candidate => text.AsSpan(letters, at - letters).SequenceEqual(candidate.Unit));
            if (letters == digits || unit < 0 || number > (long.MaxValue / 1_000_000 - total) / s_units[unit].Milliseconds)
            {
                return false;
            }

            total += number * s_units[unit].Milliseconds;
            unitFrom = unit + 1;
        }

        duration = TimeSpan.FromMilliseconds(total);
        return text is { Length: > 0 };
    }

    public static string Format(TimeSpan duration)
    {
        if (duration == TimeSpan.Zero)
        {
            return "0s";
        }

        var rest = (long)duration.TotalMilliseconds;
        var text = new StringBuilder();
        foreach (var (unit, milliseconds) in s_units.AsSpan(2))
        {
            if (rest >= milliseconds)
            {
                text.Append(rest / milliseconds).Append(unit);
                rest %= milliseconds;
            }
        }

        return text.ToString();
    }
}
