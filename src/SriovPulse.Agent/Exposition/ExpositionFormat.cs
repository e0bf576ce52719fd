namespace SriovPulse.Agent.Exposition;

/// <summary>Text formats in which metrics are told.</summary>
internal enum ExpositionFormat
{
    /// <summary>Prometheus text format 0.0.4.</summary>
    PrometheusText,

    /// <summary>OpenMetrics 1.0.0.</summary>
    OpenMetrics,
}
