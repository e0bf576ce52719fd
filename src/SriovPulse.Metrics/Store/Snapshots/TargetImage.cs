using SriovPulse.Metrics.Store.Columns;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Store.Snapshots;

/// <summary>A target as a snapshot holds it.</summary>
/// <param name="Labels">The target's labels.</param>
/// <param name="Series">Its series, by slot; null where a slot is free.</param>
/// <param name="Blocks">Its samples, oldest first.</param>
internal sealed record TargetImage(Labels Labels, Labels?[] Series, SealedBlock[] Blocks);
