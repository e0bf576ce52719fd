using SriovPulse.Metrics.Store;

namespace SriovPulse.Metrics.Configuration;

/// <summary>The <c>store</c> section: what the embedded store holds.</summary>
public sealed record StoreConfiguration
{
    /// <summary><c>window</c> and <c>memory_limit</c>.</summary>
    public SeriesStoreOptions Options { get; init; } = new();

    /// <summary><c>snapshot</c>: file into which the store goes at the end, and from which it comes at the start; null: it starts empty.</summary>
    public string? SnapshotPath { get; init; }
}
