namespace SriovPulse.Agent.Snapshots;

/// <summary>Where consumers (scrapes, OTLP) get the current snapshot. Concurrent callers share one collection.</summary>
public interface ISnapshotSource
{
    /// <summary>
    /// A snapshot that is fresh enough, after a new collection where it was not. When the collection takes longer than <paramref name="patience"/>,
    /// what has been collected so far: collectors that have not finished are missing from it and told as failed.
    /// </summary>
    /// <returns>A snapshot on which the caller holds one hold, to be given back with <see cref="Snapshot.Release"/>.</returns>
    ValueTask<Snapshot> GetAsync(TimeSpan patience, CancellationToken cancellationToken);
}
