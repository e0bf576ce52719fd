using SriovPulse.PromQL.Parsing;

namespace SriovPulse.PromQL.Ast;

/// <summary>A number; a duration stands for its seconds.</summary>
/// <param name="Value">The number.</param>
/// <param name="Range">Where it stands in the text.</param>
public sealed record NumberLiteral(double Value, TextRange Range) : Expr(Range, ExprType.Scalar);
