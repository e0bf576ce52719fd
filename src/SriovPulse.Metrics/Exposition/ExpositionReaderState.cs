using SriovPulse.Metrics.Ingest;

namespace SriovPulse.Metrics.Exposition;

/// <summary>What a reader of one part of an exposition hands to the reader of the next.</summary>
public sealed class ExpositionReaderState
{
    /// <summary>Before the first part.</summary>
    public ExpositionReaderState(ExpositionFormat format)
        : this(format, format == ExpositionFormat.StrictOpenMetrics ? new OpenMetricsRules() : null)
    {
    }

    internal ExpositionReaderState(ExpositionFormat format, OpenMetricsRules? rules)
    {
        Format = format;
        Rules = rules;
    }

    /// <summary>How it is read.</summary>
    public ExpositionFormat Format { get; }

    /// <summary>The line with which the next part begins, from 1.</summary>
    public long Line { get; init; } = 1;

    /// <summary>Whether <c># EOF</c> was read.</summary>
    public bool Ended { get; init; }

    internal MetricKind LastKind { get; init; }

    internal OpenMetricsRules? Rules { get; }
}
