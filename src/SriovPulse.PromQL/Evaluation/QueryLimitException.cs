using SriovPulse.PromQL.Parsing;

namespace SriovPulse.PromQL.Evaluation;

/// <summary>The query asked for more than <see cref="QueryLimits"/> allows.</summary>
public sealed class QueryLimitException(string message, TextRange range) : QueryException(message, range);
