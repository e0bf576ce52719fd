using SriovPulse.PromQL.Series;

namespace SriovPulse.PromQL.Evaluation;

/// <summary>A series of a matrix.</summary>
/// <param name="Labels">Its labels.</param>
/// <param name="Samples">Its samples, oldest first.</param>
public sealed record MatrixSeries(Labels Labels, IReadOnlyList<Sample> Samples);
