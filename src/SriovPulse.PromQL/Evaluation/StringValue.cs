namespace SriovPulse.PromQL.Evaluation;

/// <summary>A text at a time.</summary>
/// <param name="Timestamp">Milliseconds since 1970.</param>
/// <param name="Value">The text.</param>
public sealed record StringValue(long Timestamp, string Value) : QueryValue;
