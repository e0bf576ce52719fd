using System.Globalization;
using System.Text;
using SriovPulse.Metrics.Exposition;
using SriovPulse.Metrics.Ingest;

namespace SriovPulse.Metrics.Tests.Exposition;

/// <summary>An exposition read to its end, as text that tests compare.</summary>
internal static class Reading
{
    /// <summary>The samples, one per line: <c>name{a="b"} value @timestamp # {exemplar} value @timestamp</c>.</summary>
    public static List<string> Samples(string exposition, ExpositionFormat format) => Samples(Encoding.UTF8.GetBytes(exposition), format);

    public static List<string> Samples(ReadOnlySpan<byte> exposition, ExpositionFormat format)
    {
        var samples = new List<string>();
        var reader = new ExpositionReader(exposition, format);
        Samples(ref reader, samples);
        return samples;
    }

    public static void Samples(ref ExpositionReader reader, List<string> into)
    {
        var labels = new LabelList();
        while (reader.Read())
        {
            if (reader.Kind != EntryKind.Series)
            {
                continue;
            }

            reader.ReadLabels(labels);
            var line = string.Create(CultureInfo.InvariantCulture, $"{labels.ToLabels()} {reader.Value:R}");
            line += reader.HasTimestamp ? string.Create(CultureInfo.InvariantCulture, $" @{reader.Timestamp}") : string.Empty;
            if (reader.HasExemplar)
            {
                var exemplar = reader.Exemplar;
                line += string.Create(CultureInfo.InvariantCulture, $" # {Encoding.UTF8.GetString(exemplar.Labels)} {exemplar.Value:R}");
                line += exemplar.HasTimestamp ? string.Create(CultureInfo.InvariantCulture, $" @{exemplar.Timestamp}") : string.Empty;
            }

            into.Add(line);
        }
    }

    /// <summary>What is wrong, as <c>line:column problem</c>.</summary>
    public static string Problem(string exposition, ExpositionFormat format)
    {
        var error = Assert.Throws<ExpositionException>(() => Samples(exposition, format));
        return string.Create(CultureInfo.InvariantCulture, $"{error.Line}:{error.Column} {error.Problem}");
    }
}
