namespace SriovPulse.Metrics.Ingest;

/// <summary>What became of the samples of one commit.</summary>
/// <param name="Added">Samples that are now in the store.</param>
/// <param name="Dropped">Samples whose series relabelling dropped.</param>
/// <param name="OutOfOrder">Samples refused for being older than their series' newest.</param>
/// <param name="Duplicates">Samples refused because their series has another value at that time.</param>
/// <param name="OverLimit">Samples refused because the store is full.</param>
/// <param name="SeriesAdded">Series that the target did not have before.</param>
public readonly record struct AppendOutcome(int Added, int Dropped, int OutOfOrder, int Duplicates, int OverLimit, int SeriesAdded);
