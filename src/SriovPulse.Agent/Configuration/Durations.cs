using System.Globalization;
using System.Text;

namespace SriovPulse.Agent.Configuration;

/// <summary>Durations as Prometheus and Go write them: <c>250ms</c>, <c>5s</c>, <c>1m30s</c>, <c>0.25s</c>.</summary>
internal static class Durations
{
    private static readonly (string Unit, double Milliseconds)[] s_units =
        [("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)];

    // Far beyond any sensible setting, and far from what a timer can wait for.
    private const double LongestMilliseconds = 10 * 86_400_000.0;

    /// <exception cref="FormatException">It is no duration.</exception>
    public static TimeSpan Parse(string text)
    {
        var rest = text.AsSpan();
        var total = 0.0;
        var previous = double.PositiveInfinity;
        if (rest.IsEmpty)
        {
            throw new FormatException("it is empty");
        }

        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExceptInRange('.', '9');
            if (digits < 0)
            {
                throw new FormatException($"it needs a unit, as in {text}s");
            }

            if (!double.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            {
                throw new FormatException($"\"{rest[..digits]}\" is no number");
            }

            rest = rest[digits..];
            var letters = rest.IndexOfAnyInRange('.', '9');
            var name = letters < 0 ? rest : rest[..letters];
            var size = SizeOf(name);
            if (size >= previous)
            {
                throw new FormatException("larger units come first, each once");
            }

            total += number * size;
            previous = size;
            rest = rest[name.Length..];
        }

        return total <= LongestMilliseconds ? TimeSpan.FromMilliseconds(total) : throw new FormatException("more than ten days");
    }

    public static string Format(TimeSpan duration)
    {
        if (duration == TimeSpan.Zero)
        {
            return "0s";
        }

        var text = new StringBuilder();
        var rest = duration.TotalMilliseconds;
        for (var i = s_units.Length - 1; i >= 0; i--)
        {
            var (unit, size) = s_units[i];
            var count = i == 0 ? rest : Math.Floor(rest / size);
            if (count > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"{count}{unit}");
                rest -= count * size;
            }
        }

        return text.ToString();
    }

    private static double SizeOf(ReadOnlySpan<char> name)
    {
        foreach (var (unit, size) in s_units)
        {
            if (name.SequenceEqual(unit))
            {
                return size;
            }
        }

        throw new FormatException($"\"{name}\" is no unit of time");
    }
}
