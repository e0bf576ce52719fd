using SriovPulse.PromQL.Series;

namespace SriovPulse.PromQL.Evaluation;

/// <summary>A value of a vector.</summary>
/// <param name="Labels">Its series.</param>
/// <param name="Value">The value.</param>
public readonly record struct VectorSample(Labels Labels, double Value);
