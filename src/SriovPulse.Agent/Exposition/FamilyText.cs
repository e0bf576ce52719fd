using System.Text;
using SriovPulse.Agent.Metrics;

namespace SriovPulse.Agent.Exposition;

/// <summary>The parts of a family's text that never change, in one format.</summary>
internal sealed class FamilyText
{
    public FamilyText(MetricFamily family, ExpositionFormat format)
    {
        // OpenMetrics names a family without the suffix of its samples (section "Metric Types").
        var isOpenMetrics = format == ExpositionFormat.OpenMetrics;
        var stem = family.Type switch
        {
            MetricType.Counter => family.Name[..^"_total".Length],
            MetricType.Info => family.Name[..^"_info".Length],
            _ => family.Name,
        };
        var name = isOpenMetrics ? stem : family.Name;
        var type = family.Type switch
        {
            MetricType.Counter => "counter",
            MetricType.Info when isOpenMetrics => "info",
            _ => "gauge",
        };
        var text = new StringBuilder().Append($"# HELP {name} {Escape(family.Help, isOpenMetrics)}\n# TYPE {name} {type}\n");
        if (isOpenMetrics && family.Unit.Length > 0)
        {
            text.Append($"# UNIT {name} {family.Unit}\n");
        }

        Header = Encoding.UTF8.GetBytes(text.ToString());
        SampleName = Encoding.UTF8.GetBytes(family.Name);
        CreatedName = isOpenMetrics && family.Type == MetricType.Counter ? Encoding.UTF8.GetBytes(stem + "_created") : [];
    }

    /// <summary>HELP, TYPE and UNIT lines.</summary>
    public byte[] Header { get; }

    /// <summary>Name with which each sample begins.</summary>
    public byte[] SampleName { get; }

    /// <summary>Name of the sample that tells since when a counter counts; empty where there is none.</summary>
    public byte[] CreatedName { get; }

    // The quote is escaped in OpenMetrics only (its ABNF: escaped-string; the 0.0.4 format: "may contain any sequence of UTF-8 … backslash and line feed").
    private static string Escape(string help, bool isOpenMetrics)
    {
        var escaped = help.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);
        return isOpenMetrics ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
    }
}
