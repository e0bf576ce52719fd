using SriovPulse.PromQL.Parsing;

namespace SriovPulse.PromQL.Ast;

/// <summary>Series with all their samples of a window, open at its start: <c>up[5m]</c>.</summary>
/// <param name="Selector">The series; the shift is there too.</param>
/// <param name="Window">The window's length in milliseconds.</param>
/// <param name="Range">Where it stands in the text.</param>
public sealed record RangeSelector(VectorSelector Selector, long Window, TextRange Range) : Expr(Range, ExprType.RangeVector);
