namespace SriovPulse.Metrics.Exposition;

/// <summary>How far what stands between braces may depart from <c>a="1",b="2"</c>.</summary>
internal enum LabelSyntax
{
    /// <summary>Blanks anywhere, commas optional, line feeds within values, quoted names.</summary>
    PrometheusText,

    /// <summary>A last comma and quoted names.</summary>
    OpenMetrics,

    /// <summary>Not at all.</summary>
    Strict,
}
