using SriovPulse.PromQL.Parsing;
using SriovPulse.PromQL.Series;

namespace SriovPulse.PromQL.Ast;

/// <summary>Series by name and labels, each with its newest value: <c>up{job="x"} offset 5m</c>.</summary>
/// <param name="Name">The metric's name when it is written as a name; null when only matchers are given.</param>
/// <param name="Matchers">All conditions; the one for <paramref name="Name"/> comes first when there is one.</param>
/// <param name="Shift">How it is moved in time.</param>
/// <param name="Range">Where it stands in the text.</param>
public sealed record VectorSelector(string? Name, IReadOnlyList<LabelMatcher> Matchers, TimeShift Shift, TextRange Range)
    : Expr(Range, ExprType.InstantVector);
