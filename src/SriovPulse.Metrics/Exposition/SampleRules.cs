using System.Globalization;
using SriovPulse.Metrics.Ingest;

namespace SriovPulse.Metrics.Exposition;

/// <summary>What OpenMetrics demands of one sample, given its family's type.</summary>
internal static class SampleRules
{
    private static readonly string[] s_counter = ["_total", "_created"];
    private static readonly string[] s_histogram = ["_bucket", "_count", "_sum", "_created"];
    private static readonly string[] s_gaugeHistogram = ["_bucket", "_gcount", "_gsum"];
    private static readonly string[] s_summary = ["", "_count", "_sum", "_created"];
    private static readonly string[] s_info = ["_info"];
    private static readonly string[] s_other = [""];

    /// <summary>What may follow the family's name in a sample's name.</summary>
    public static string[] Suffixes(MetricKind kind) => kind switch
    {
        MetricKind.Counter => s_counter,
        MetricKind.Histogram => s_histogram,
        MetricKind.GaugeHistogram => s_gaugeHistogram,
        MetricKind.Summary => s_summary,
        MetricKind.Info => s_info,
        _ => s_other,
    };

    public static bool Belongs(string name, string family, MetricKind kind)
    {
        if (!name.StartsWith(family, StringComparison.Ordinal))
        {
            return false;
        }

        foreach (var suffix in Suffixes(kind))
        {
            if (name.AsSpan(family.Length).SequenceEqual(suffix))
            {
                return true;
            }
        }

        return false;
    }

    public static string? Check(string family, MetricKind kind, string suffix, LabelList labels, double value, bool hasExemplar)
    {
        if (hasExemplar && !(kind == MetricKind.Counter && suffix == "_total") && !(IsHistogram(kind) && suffix == "_bucket"))
        {
            return "only samples of counters and buckets can have exemplars";
        }

        return CheckLabels(family, kind, suffix, labels) ?? CheckValue(kind, suffix, value);
    }

    public static bool IsHistogram(MetricKind kind) => kind is MetricKind.Histogram or MetricKind.GaugeHistogram;

    /// <summary>The label that tells a metric's samples apart; null when they differ by name alone.</summary>
    public static string? OwnLabel(string family, MetricKind kind, string suffix) => kind switch
    {
        MetricKind.Histogram or MetricKind.GaugeHistogram when suffix == "_bucket" => "le",
        MetricKind.Summary when suffix.Length == 0 => "quantile",
        MetricKind.StateSet => family,
        _ => null,
    };

    /// <summary>A label's value as a number; NaN when it is none.</summary>
    public static double Bound(string text) =>
        text == "+Inf" ? double.PositiveInfinity
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var bound) ? bound : double.NaN;

    private static string? CheckLabels(string family, MetricKind kind, string suffix, LabelList labels)
    {
        if (OwnLabel(family, kind, suffix) is not { } own)
        {
            return null;
        }

        var text = labels.Get(own);
        return own switch
        {
            _ when !labels.Has(own) => $"a sample of this kind needs the label {own}",
            "le" when double.IsNaN(Bound(text)) => "the value of le is a number or +Inf",
            "quantile" when kind == MetricKind.Summary && Bound(text) is not (>= 0 and <= 1) => "the value of quantile is a number from 0 to 1",
            _ => null,
        };
    }

    private static string? CheckValue(MetricKind kind, string suffix, double value) => (kind, suffix) switch
    {
        (MetricKind.Info, _) when value != 1 => "the value of an info metric is 1",
        (MetricKind.StateSet, _) when value is not (0 or 1) => "the value of a state is 0 or 1",
        (MetricKind.Summary, "") when value < 0 => "a quantile's value is not negative",
        (_, "_total" or "_bucket" or "_count" or "_sum" or "_gcount" or "_gsum") when double.IsNaN(value) => $"the value of {suffix} is not NaN",
        (_, "_total" or "_bucket" or "_count" or "_sum" or "_gcount") when value < 0 => $"the value of {suffix} is not negative",
        _ => null,
    };
}
