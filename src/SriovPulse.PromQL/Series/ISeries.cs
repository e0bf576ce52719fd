namespace SriovPulse.PromQL.Series;

/// <summary>A series that a source selected.</summary>
public interface ISeries
{
    /// <summary>Its labels, the metric's name included.</summary>
    Labels Labels { get; }

    /// <summary>
    /// Appends the samples of a window, oldest first, staleness markers included. Both limits are milliseconds since 1970; the window is open at
    /// its start and closed at its end, as ranges and lookback are in Prometheus 3.
    /// </summary>
    void Read(long startExclusive, long endInclusive, SampleWindow into);

    /// <summary>The newest sample of such a window, a staleness marker too; false when there is none.</summary>
    bool TryReadLast(long startExclusive, long endInclusive, out Sample sample);
}
