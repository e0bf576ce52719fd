using SriovPulse.PromQL.Parsing;

namespace SriovPulse.PromQL.Ast;

/// <summary>An expression in parentheses.</summary>
/// <param name="Inner">The expression.</param>
/// <param name="Range">Where it stands in the text.</param>
public sealed record Parenthesized(Expr Inner, TextRange Range) : Expr(Range, Inner.Type);
