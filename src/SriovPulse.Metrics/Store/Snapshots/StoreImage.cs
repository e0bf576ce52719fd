namespace SriovPulse.Metrics.Store.Snapshots;

/// <summary>All that a snapshot holds.</summary>
/// <param name="Targets">Targets and their scrapes.</param>
/// <param name="Series">Series whose samples carry their own times.</param>
internal sealed record StoreImage(List<TargetImage> Targets, List<SeriesImage> Series);
