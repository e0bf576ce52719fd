using SriovPulse.PromQL.Parsing;

namespace SriovPulse.PromQL.Ast;

/// <summary>A text.</summary>
/// <param name="Value">The text; a byte that is no UTF-8 stands as U+DC00 plus the byte.</param>
/// <param name="Range">Where it stands in the text.</param>
public sealed record StringLiteral(string Value, TextRange Range) : Expr(Range, ExprType.String);
