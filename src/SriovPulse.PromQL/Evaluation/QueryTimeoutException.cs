using SriovPulse.PromQL.Parsing;

namespace SriovPulse.PromQL.Evaluation;

/// <summary>The query took longer than <see cref="QueryLimits.Timeout"/>.</summary>
public sealed class QueryTimeoutException(string message, TextRange range) : QueryException(message, range);
