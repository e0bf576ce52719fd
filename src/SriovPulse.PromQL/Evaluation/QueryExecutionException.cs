using SriovPulse.PromQL.Parsing;

namespace SriovPulse.PromQL.Evaluation;

/// <summary>The expression and the data do not go together, such as many-to-many matching, or the request does not fit the expression.</summary>
/// <param name="message">What is wrong, as Prometheus says it where it says so.</param>
/// <param name="range">The part of the expression.</param>
/// <param name="details">What it is about, such as the series that is there twice; empty when the message says all.</param>
public sealed class QueryExecutionException(string message, TextRange range, string details = "") : QueryException(message, range)
{
    /// <summary>What it is about, such as the series that is there twice; empty when the message says all.</summary>
    public string Details { get; } = details;
}
