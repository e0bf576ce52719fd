using SriovPulse.PromQL.Parsing;

namespace SriovPulse.PromQL.Ast;

/// <summary>Series put together by groups: <c>sum by (pf) (x)</c>.</summary>
/// <param name="Operator">How they are put together.</param>
/// <param name="Operand">The series.</param>
/// <param name="Parameter">k, φ or the label's name; null where there is none.</param>
/// <param name="IsWithout">True for <c>without</c>, false for <c>by</c> or nothing.</param>
/// <param name="Grouping">The labels of <c>by</c> or <c>without</c>.</param>
/// <param name="Range">Where it stands in the text.</param>
public sealed record Aggregation(
    AggregationOperator Operator, Expr Operand, Expr? Parameter, bool IsWithout, IReadOnlyList<string> Grouping, TextRange Range)
    : Expr(Range, ExprType.InstantVector);
