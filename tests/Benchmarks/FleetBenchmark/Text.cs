using System.Globalization;

namespace SriovPulse.Benchmarks.Fleets;

/// <summary>Lines of a report.</summary>
internal static class Text
{
    /// <summary>Bytes as megabytes.</summary>
    public static string Mega(long bytes) => (bytes / 1e6).ToString("F0", CultureInfo.InvariantCulture);

    /// <summary>Writes a line.</summary>
    public static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    /// <summary>The middle one.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
