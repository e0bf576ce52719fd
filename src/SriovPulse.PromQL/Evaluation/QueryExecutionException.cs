using SriovPulse.PromQL.Parsing;

namespace SriovPulse.PromQL.Evaluation;

/// <summary>The expression and the data do not go together, such as many-to-many matching, or the request does not fit the expression.</summary>
public sealed class QueryExecutionException(string message, TextRange range) : QueryException(message, range);
