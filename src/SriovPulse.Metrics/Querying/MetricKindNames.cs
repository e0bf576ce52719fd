using SriovPulse.Metrics.Ingest;

namespace SriovPulse.Metrics.Querying;

/// <summary>Kinds of metrics as Prometheus' API writes them.</summary>
public static class MetricKindNames
{
    /// <summary>The name.</summary>
    public static string Of(MetricKind kind) => kind switch
    {
        MetricKind.Counter => "counter",
        MetricKind.Gauge => "gauge",
        MetricKind.Histogram => "histogram",
        MetricKind.GaugeHistogram => "gaugehistogram",
        MetricKind.Summary => "summary",
        MetricKind.Info => "info",
        MetricKind.StateSet => "stateset",
        _ => "unknown",
    };

    /// <summary>The kind of a name; <see cref="MetricKind.Unknown"/> for a name that is none.</summary>
    public static MetricKind Parse(string name) => Array.Find(Enum.GetValues<MetricKind>(), kind => Of(kind) == name);
}
