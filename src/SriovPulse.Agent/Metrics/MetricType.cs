namespace SriovPulse.Agent.Metrics;

/// <summary>Kind of a metric family.</summary>
public enum MetricType
{
    /// <summary>Only rises, or restarts. The name ends in <c>_total</c>.</summary>
    Counter,

    /// <summary>May rise and fall.</summary>
    Gauge,

    /// <summary>Labels with the value 1: <c>info</c> in OpenMetrics, <c>gauge</c> in the text format. The name ends in <c>_info</c>.</summary>
    Info,
}
