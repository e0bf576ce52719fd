using SriovPulse.Metrics.Ingest;

namespace SriovPulse.Metrics.Store;

/// <summary>What targets say about a metric family.</summary>
/// <param name="Family">Its name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Help">What it means.</param>
/// <param name="Unit">Its unit; empty when none was told.</param>
public sealed record MetricMetadata(string Family, MetricKind Kind, string Help, string Unit);
