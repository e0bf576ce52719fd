namespace SriovPulse.Metrics.Ingest;

/// <summary>What a metric family is, in the words of OpenMetrics; the text format's <c>untyped</c> is <see cref="Unknown"/>.</summary>
public enum MetricKind
{
    /// <summary>Nobody said.</summary>
    Unknown,

    /// <summary>Only rises, but for resets.</summary>
    Counter,

    /// <summary>Rises and falls.</summary>
    Gauge,

    /// <summary>Counts in buckets that only rise.</summary>
    Histogram,

    /// <summary>Counts in buckets that rise and fall.</summary>
    GaugeHistogram,

    /// <summary>Quantiles, a sum and a count.</summary>
    Summary,

    /// <summary>Labels are the information, the value is 1.</summary>
    Info,

    /// <summary>A series per state, 1 for those that hold.</summary>
    StateSet,
}
