using SriovPulse.PromQL.Evaluation;

namespace SriovPulse.PromQL.Explaining;

/// <summary>An expression's tree with what every node yielded, so that one sees where a result was lost.</summary>
/// <param name="Root">The top node.</param>
/// <param name="Result">The result; null when the evaluation failed.</param>
/// <param name="Failure">Why it failed; the nodes evaluated before tell their part all the same.</param>
public sealed record Explanation(ExplainNode Root, QueryResult? Result, QueryException? Failure);
