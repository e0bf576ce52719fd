using SriovPulse.PromQL.Parsing;

namespace SriovPulse.PromQL.Evaluation;

/// <summary>The caller cancelled the query.</summary>
public sealed class QueryCanceledException(TextRange range, Exception? inner = null) : QueryException("query was canceled", range, inner);
