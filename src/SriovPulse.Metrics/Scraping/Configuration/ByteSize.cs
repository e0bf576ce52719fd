using System.Globalization;

namespace SriovPulse.Metrics.Scraping.Configuration;

/// <summary>Sizes as Prometheus' configuration writes them: <c>512</c>, <c>10MB</c>, <c>1.5GiB</c>; both spellings mean powers of 1024.</summary>
internal static class ByteSize
{
    public const string Expected = "a size such as 10MB or 512KiB";

    private const string Prefixes = "KMGTPE";

    public static bool TryParse(string text, out long bytes)
    {
        var end = text.AsSpan().LastIndexOfAnyInRange('0', '9') + 1;
        var unit = text[end..];
        var power = unit is "" or "B" ? 0
            : unit.Length is 2 or 3 && unit[1..] is "B" or "iB" ? Prefixes.IndexOf(unit[0], StringComparison.Ordinal) + 1
            : 0;
        var isUnit = power > 0 || unit is "" or "B";
        bytes = 0;
        if (!isUnit || !double.TryParse(text.AsSpan(0, end), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        var size = number * Math.Pow(1024, power);
        bytes = (long)size;
        return size < long.MaxValue;
    }
}
