using System.Globalization;
using System.Text;

namespace SriovPulse.PromQL.Parsing;

/// <summary>Durations as Prometheus writes them: <c>1h30m</c>, <c>250ms</c>.</summary>
public static class DurationText
{
    private static readonly (string Unit, long Milliseconds)[] s_units =
    [
        ("y", 365L * 86_400_000), ("w", 7L * 86_400_000), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1),
    ];

    /// <summary>Reads a whole text as a duration.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        ArgumentNullException.ThrowIfNull(text);
        duration = TimeSpan.Zero;
        if (text == "0")
        {
            return true;
        }

        if (!TryRead(text, 0, out var end, out var seconds) || end != text.Length || seconds > TimeSpan.MaxValue.TotalSeconds / 2)
        {
            return false;
        }

        duration = TimeSpan.FromMilliseconds(Math.Round(seconds * 1000));
        return true;
    }

    /// <summary>Writes milliseconds as a duration that reads back as the same.</summary>
    public static string Format(long milliseconds)
    {
        if (milliseconds == 0)
        {
            return "0s";
        }

        var text = new StringBuilder();
        if (milliseconds < 0)
        {
            text.Append('-');
        }

        var rest = milliseconds < 0 ? (ulong)-milliseconds : (ulong)milliseconds;
        foreach (var (unit, size) in s_units)
        {
            var count = rest / (ulong)size;
            if (count > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"{count}{unit}");
                rest -= count * (ulong)size;
            }
        }

        return text.ToString();
    }

    /// <summary>Reads a duration at some place; its units must fall in size.</summary>
    internal static bool TryRead(string text, int at, out int end, out double seconds)
    {
        end = at;
        seconds = 0;
        var nextUnit = 0;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            var digits = end;
            while (digits < text.Length && char.IsAsciiDigit(text[digits]))
            {
                digits++;
            }

            var unit = UnitAt(text, digits, nextUnit);
            if (unit < 0)
            {
                return false;
            }

            seconds += double.Parse(text.AsSpan(end, digits - end), NumberStyles.None, CultureInfo.InvariantCulture) * s_units[unit].Milliseconds / 1000;
            end = digits + s_units[unit].Unit.Length;
            nextUnit = unit + 1;
        }

        return end > at;
    }

    private static int UnitAt(string text, int at, int first)
    {
        for (var i = s_units.Length - 1; i >= first; i--)
        {
            if (string.CompareOrdinal(text, at, s_units[i].Unit, 0, s_units[i].Unit.Length) == 0)
            {
                return i;
            }
        }

        return -1;
    }
}
