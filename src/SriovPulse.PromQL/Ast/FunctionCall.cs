using SriovPulse.PromQL.Functions;
using SriovPulse.PromQL.Parsing;

namespace SriovPulse.PromQL.Ast;

/// <summary>A call of a function.</summary>
/// <param name="Function">The function.</param>
/// <param name="Arguments">Its arguments, as written.</param>
/// <param name="Range">Where it stands in the text.</param>
public sealed record FunctionCall(FunctionDefinition Function, IReadOnlyList<Expr> Arguments, TextRange Range) : Expr(Range, Function.ReturnType);
