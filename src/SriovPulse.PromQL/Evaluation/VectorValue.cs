namespace SriovPulse.PromQL.Evaluation;

/// <summary>For each series one value, all at the same time. The order means something only after sort and topk.</summary>
/// <param name="Timestamp">Milliseconds since 1970.</param>
/// <param name="Samples">The values.</param>
public sealed record VectorValue(long Timestamp, IReadOnlyList<VectorSample> Samples) : QueryValue;
