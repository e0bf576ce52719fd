using SriovPulse.PromQL.Ast;
using SriovPulse.PromQL.Series;

namespace SriovPulse.PromQL.Explaining;

/// <summary>What one node of an expression yielded.</summary>
/// <param name="Expr">The node.</param>
/// <param name="Text">Its text.</param>
/// <param name="Type">What it yields.</param>
/// <param name="Count">How many series it yielded, 1 for a number or text; null when it was not evaluated.</param>
/// <param name="Samples">How many samples these have together: more than the series below a range or subquery.</param>
/// <param name="LabelSets">The first series' labels.</param>
/// <param name="Value">The value of a number or text.</param>
/// <param name="Children">The nodes below.</param>
public sealed record ExplainNode(
    Expr Expr, string Text, ExprType Type, int? Count, long Samples, IReadOnlyList<Labels> LabelSets, string? Value, IReadOnlyList<ExplainNode> Children);
