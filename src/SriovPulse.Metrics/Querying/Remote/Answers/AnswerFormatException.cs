namespace SriovPulse.Metrics.Querying.Remote.Answers;

/// <summary>An answer is JSON but not what Prometheus' API says.</summary>
internal sealed class AnswerFormatException(string message) : Exception(message);
