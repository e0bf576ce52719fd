namespace SriovPulse.Metrics.Store;

/// <summary>What a store holds at most.</summary>
public sealed record SeriesStoreOptions
{
    /// <summary>
    /// How long samples are kept unless <see cref="SeriesStore.Keep"/> says otherwise; <see cref="Timeout.InfiniteTimeSpan"/>: for ever, as for a
    /// file's data.
    /// </summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Bytes that series and samples may take together, by the store's own count. The process takes more: the collector's slack, queries, the program.
    /// </summary>
    public long MemoryLimit { get; init; } = 1L << 30;
}
