namespace SriovPulse.PromQL.Evaluation;

/// <summary>What a query yields.</summary>
/// <param name="Value">The value.</param>
/// <param name="Annotations">Remarks on it, each once.</param>
public sealed record QueryResult(QueryValue Value, IReadOnlyList<Annotation> Annotations);
