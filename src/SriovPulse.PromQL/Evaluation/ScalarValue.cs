namespace SriovPulse.PromQL.Evaluation;

/// <summary>One number at a time.</summary>
/// <param name="Timestamp">Milliseconds since 1970.</param>
/// <param name="Value">The number.</param>
public sealed record ScalarValue(long Timestamp, double Value) : QueryValue;
