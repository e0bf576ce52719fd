using SriovPulse.PromQL.Parsing;

namespace SriovPulse.PromQL.Ast;

/// <summary>A sign before an expression.</summary>
/// <param name="IsNegative">True for <c>-</c>, false for <c>+</c>.</param>
/// <param name="Operand">The expression.</param>
/// <param name="Range">Where it stands in the text.</param>
public sealed record UnaryExpr(bool IsNegative, Expr Operand, TextRange Range) : Expr(Range, Operand.Type);
