using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Store.Snapshots;

/// <summary>A series whose samples carry their own times, as a snapshot holds it.</summary>
/// <param name="Labels">The series' labels.</param>
/// <param name="Samples">Its samples, oldest first.</param>
internal sealed record SeriesImage(Labels Labels, Sample[] Samples);
