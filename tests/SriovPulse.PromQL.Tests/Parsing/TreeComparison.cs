using SriovPulse.PromQL.Ast;
using SriovPulse.PromQL.Series;

namespace SriovPulse.PromQL.Tests.Parsing;

/// <summary>Whether two trees are the same but for the places in the text.</summary>
public static class TreeComparison
{
    public static bool Same(Expr left, Expr right) => (left, right) switch
    {
        (NumberLiteral l, NumberLiteral r) => l.Value.Equals(r.Value),
        (StringLiteral l, StringLiteral r) => l.Value == r.Value,
        (VectorSelector l, VectorSelector r) => SameSelector(l, r),
        (RangeSelector l, RangeSelector r) => l.Window == r.Window && SameSelector(l.Selector, r.Selector),
        (Subquery l, Subquery r) => (l.Window, l.Step, l.Shift) == (r.Window, r.Step, r.Shift) && SameChildren(l, r),
        (Parenthesized, Parenthesized) => SameChildren(left, right),
        (UnaryExpr l, UnaryExpr r) => l.IsNegative == r.IsNegative && SameChildren(l, r),
        (BinaryExpr l, BinaryExpr r) => (l.Operator, l.ReturnsBool) == (r.Operator, r.ReturnsBool) && SameMatching(l.Matching, r.Matching) && SameChildren(l, r),
        (FunctionCall l, FunctionCall r) => l.Function == r.Function && SameChildren(l, r),
        (Aggregation l, Aggregation r) => l.Operator == r.Operator && l.IsWithout == r.IsWithout && l.Grouping.SequenceEqual(r.Grouping) && SameChildren(l, r),
        _ => false,
    };

    private static bool SameChildren(Expr left, Expr right) =>
        left.Children.Count == right.Children.Count && left.Children.Zip(right.Children).All(static pair => Same(pair.First, pair.Second));

    private static bool SameSelector(VectorSelector left, VectorSelector right) =>
        left.Name == right.Name && left.Shift == right.Shift
        && left.Matchers.Select(Key).SequenceEqual(right.Matchers.Select(Key));

    private static (string, MatchKind, string) Key(LabelMatcher matcher) => (matcher.Name, matcher.Kind, matcher.Value);

    private static bool SameMatching(VectorMatching? left, VectorMatching? right) =>
        left is null || right is null ? left is null && right is null
        : (left.IsOn, left.Grouping) == (right.IsOn, right.Grouping) && left.Labels.SequenceEqual(right.Labels) && left.Include.SequenceEqual(right.Include);
}
