namespace SriovPulse.PromQL.Ast;

/// <summary>How a selector or subquery is moved in time.</summary>
/// <param name="Offset">Milliseconds into the past, by <c>offset</c>; negative is the future.</param>
/// <param name="At">The time by <c>@</c>; null when it follows the evaluation's time.</param>
public readonly record struct TimeShift(long Offset, AtModifier? At)
{
    /// <summary>The time that a node evaluated at some time really looks at.</summary>
    public long Apply(long evaluatedAt, long queryStart, long queryEnd) => -Offset + At switch
    {
        null => evaluatedAt,
        { Kind: AtKind.Start } => queryStart,
        { Kind: AtKind.End } => queryEnd,
        { Timestamp: var timestamp } => timestamp,
    };
}
