namespace SriovPulse.PromQL.Ast;

/// <summary>How the series of two vectors find each other.</summary>
/// <param name="IsOn">True for <c>on</c>, false for <c>ignoring</c>.</param>
/// <param name="Labels">The labels of <c>on</c> or <c>ignoring</c>.</param>
/// <param name="Grouping">Which side may have many series to one of the other.</param>
/// <param name="Include">Labels that <c>group_left</c> or <c>group_right</c> takes over from the "one" side.</param>
public sealed record VectorMatching(bool IsOn, IReadOnlyList<string> Labels, MatchGrouping Grouping, IReadOnlyList<string> Include)
{
    /// <summary>What holds when nothing is said: all labels must agree, one to one.</summary>
    public static VectorMatching Default { get; } = new(false, [], MatchGrouping.None, []);
}
