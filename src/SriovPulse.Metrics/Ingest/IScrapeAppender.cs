using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Ingest;

/// <summary>Takes one scrape of one target, all or nothing. Disposing without a commit is a rollback.</summary>
public interface IScrapeAppender : IDisposable
{
    /// <summary>Samples so far whose series relabelling dropped; they count neither against a limit nor as added.</summary>
    int Dropped { get; }

    /// <summary>Adds a sample of a series that the target has had before, or counts it as dropped.</summary>
    /// <param name="seriesText">The bytes that identify the series within the target, as they stand in the exposition: <c>name{a="b"}</c>.</param>
    /// <param name="timestamp">Milliseconds since 1970; other than the scrape's own when the exposition gives one.</param>
    /// <param name="value">The value.</param>
    /// <returns>False when the text is unknown, and nothing was added: call <see cref="Add"/>.</returns>
    bool TryAdd(ReadOnlySpan<byte> seriesText, long timestamp, double value);

    /// <summary>Says what a series' text means and adds the sample.</summary>
    /// <param name="seriesText">The bytes that identify the series within the target.</param>
    /// <param name="labels">Its labels after relabelling; null when relabelling drops it.</param>
    /// <param name="timestamp">Milliseconds since 1970.</param>
    /// <param name="value">The value.</param>
    void Add(ReadOnlySpan<byte> seriesText, Labels? labels, long timestamp, double value);

    /// <summary>Says what a metric family is. An unknown kind or an empty text says nothing: what was told before stays.</summary>
    /// <param name="family">The family's name.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="help">What it means, unescaped.</param>
    /// <param name="unit">Its unit.</param>
    void SetMetadata(ReadOnlySpan<byte> family, MetricKind kind, ReadOnlySpan<byte> help, ReadOnlySpan<byte> unit);

    /// <summary>
    /// Makes the scrape visible. Series of the target's last commit that are absent in this one get a staleness marker at the scrape's time; a
    /// series whose samples carry their own timestamps does not, as in Prometheus.
    /// </summary>
    AppendOutcome Commit();

    /// <summary>Undoes everything since <see cref="IScrapeTarget.Begin"/>.</summary>
    void Rollback();
}
