namespace SriovPulse.Agent.Otlp.Transport;

/// <summary>What became of a request, and what the server said.</summary>
/// <param name="Verdict">What became of it.</param>
/// <param name="Message">Why, for people; a warning where the request was accepted; else empty.</param>
/// <param name="RejectedPoints">Points that the server did not take out of an accepted request.</param>
/// <param name="RetryAfter">How long the server asks to be left alone.</param>
internal readonly record struct OtlpOutcome(OtlpVerdict Verdict, string Message = "", long RejectedPoints = 0, TimeSpan? RetryAfter = null);
