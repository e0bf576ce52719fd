namespace SriovPulse.PromQL.Ast;

/// <summary>The time that <c>@</c> pins a selector or subquery to.</summary>
/// <param name="Kind">Whether it is a given time or a bound of the query.</param>
/// <param name="Timestamp">The given time in milliseconds since 1970.</param>
public readonly record struct AtModifier(AtKind Kind, long Timestamp);
