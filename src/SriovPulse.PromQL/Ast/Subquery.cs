using SriovPulse.PromQL.Parsing;

namespace SriovPulse.PromQL.Ast;

/// <summary>An expression evaluated at each step of a window: <c>rate(x[1m])[1h:5m]</c>.</summary>
/// <param name="Inner">The expression.</param>
/// <param name="Window">The window's length in milliseconds.</param>
/// <param name="Step">The step in milliseconds; null for the engine's default.</param>
/// <param name="Shift">How it is moved in time.</param>
/// <param name="Range">Where it stands in the text.</param>
public sealed record Subquery(Expr Inner, long Window, long? Step, TimeShift Shift, TextRange Range) : Expr(Range, ExprType.RangeVector);
