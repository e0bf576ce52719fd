namespace SriovPulse.Metrics.Exposition;

/// <summary>A way to write metrics down, and how closely a reader insists on it.</summary>
public enum ExpositionFormat
{
    /// <summary>Prometheus text 0.0.4, read as Prometheus reads it.</summary>
    PrometheusText,

    /// <summary>OpenMetrics 1.0, read as Prometheus reads it: the grammar holds, most rules about families, types and values do not.</summary>
    OpenMetrics,

    /// <summary>OpenMetrics 1.0 with all its rules: what a checker or a test wants.</summary>
    StrictOpenMetrics,
}
