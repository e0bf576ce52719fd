namespace SriovPulse.PromQL.Ast;

/// <summary>What <c>@</c> names.</summary>
public enum AtKind
{
    /// <summary>A time.</summary>
    Timestamp,

    /// <summary><c>start()</c>: the query's start.</summary>
    Start,

    /// <summary><c>end()</c>: the query's end.</summary>
    End,
}
