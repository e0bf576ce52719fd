using SriovPulse.PromQL.Ast;
using SriovPulse.PromQL.Series;

namespace SriovPulse.PromQL.Evaluation;

/// <summary>Which samples one selector of an expression reads: those a store must keep.</summary>
/// <param name="Selector">The selector.</param>
/// <param name="Oldest">How far back it reads at most, in milliseconds before <paramref name="RelativeTo"/> (exclusive, as windows are).</param>
/// <param name="Newest">How near its newest sample lies, in milliseconds before <paramref name="RelativeTo"/>; negative reads the future.</param>
/// <param name="RelativeTo">Null: the evaluation's time. Otherwise the time by <c>@</c> that the selector or a subquery around it is pinned to.</param>
public sealed record SelectorWindow(VectorSelector Selector, long Oldest, long Newest, AtModifier? RelativeTo)
{
    /// <summary>The selector's matchers.</summary>
    public IReadOnlyList<LabelMatcher> Matchers => Selector.Matchers;

    /// <summary>All selectors of an expression, in the order of the text.</summary>
    public static IReadOnlyList<SelectorWindow> Of(PromQLExpression expression, QueryLimits limits)
    {
        ArgumentNullException.ThrowIfNull(expression);
        ArgumentNullException.ThrowIfNull(limits);
        var found = new List<SelectorWindow>();
        Collect(expression.Root, (long)limits.Lookback.TotalMilliseconds, default, found);
        return found;
    }

    private static void Collect(Expr expr, long lookback, Reach reach, List<SelectorWindow> found)
    {
        switch (expr)
        {
            case VectorSelector selector:
                found.Add(reach.Shifted(selector.Shift).Widened(lookback).Of(selector));
                break;
            case RangeSelector { Selector: var selector, Window: var window }:
                found.Add(reach.Shifted(selector.Shift).Widened(window).Of(selector));
                break;
            case Subquery subquery:
                Collect(subquery.Inner, lookback, reach.Shifted(subquery.Shift).Widened(subquery.Window), found);
                break;
            default:
                foreach (var child in expr.Children)
                {
                    Collect(child, lookback, reach, found);
                }

                break;
        }
    }

    private readonly record struct Reach(long Oldest, long Newest, AtModifier? At)
    {
        public Reach Shifted(TimeShift shift) => shift.At is { } at
            ? new Reach(shift.Offset, shift.Offset, at)
            : new Reach(Oldest + shift.Offset, Newest + shift.Offset, At);

        public Reach Widened(long window) => this with { Oldest = Oldest + window };

        public SelectorWindow Of(VectorSelector selector) => new(selector, Oldest, Newest, At);
    }
}
