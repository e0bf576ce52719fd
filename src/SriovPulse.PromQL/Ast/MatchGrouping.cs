namespace SriovPulse.PromQL.Ast;

/// <summary>Which side of a binary operator has many series to one of the other.</summary>
public enum MatchGrouping
{
    /// <summary>None: one to one.</summary>
    None,

    /// <summary><c>group_left</c>: many on the left.</summary>
    Left,

    /// <summary><c>group_right</c>: many on the right.</summary>
    Right,
}
