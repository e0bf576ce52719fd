namespace SriovPulse.PromQL.Ast;

/// <summary>A switch over the closed set of nodes misses one: a mistake of this library.</summary>
public sealed class UnknownExprException(Expr expr) : InvalidOperationException($"no case for {expr?.GetType().Name}");
