using SriovPulse.PromQL.Ast;
using SriovPulse.PromQL.Printing;

namespace SriovPulse.PromQL.Tests.PromqlTest;

/// <summary>
/// An instant eval must yield the same wherever it is evaluated when all its selectors are pinned to its time by <c>@</c>. Selectors below a pinned
/// subquery stay as they are.
/// </summary>
public static class AtVariants
{
    // Functions of upstream that ask for the evaluation's time: such an expression can be evaluated at that time only.
    private static readonly HashSet<string> s_dependOnTime =
    [
        "days_in_month", "day_of_month", "day_of_week", "day_of_year", "hour", "minute", "month", "year", "predict_linear", "time", "timestamp",
    ];

    public static IEnumerable<(string Expression, long At)> Of(PromQLExpression expression, long at)
    {
        var pinned = Printer.Print(Pin(expression.Root, new AtModifier(AtKind.Timestamp, at)));
        return DependsOnTime(expression.Root) ? [(pinned, at)] : new[] { -10 * at, 0, at / 5, at, 10 * at }.Distinct().Select(time => (pinned, time));
    }

    private static bool DependsOnTime(Expr expr) =>
        expr is FunctionCall call && s_dependOnTime.Contains(call.Function.Name) || expr.Children.Any(DependsOnTime);

    private static TimeShift Pin(TimeShift shift, AtModifier at) => shift.At is null ? shift with { At = at } : shift;

    private static Expr Pin(Expr expr, AtModifier at) => expr switch
    {
        VectorSelector selector => selector with { Shift = Pin(selector.Shift, at) },
        RangeSelector range => range with { Selector = (VectorSelector)Pin(range.Selector, at) },
        Subquery subquery => subquery with { Shift = Pin(subquery.Shift, at) },
        Parenthesized parenthesized => parenthesized with { Inner = Pin(parenthesized.Inner, at) },
        UnaryExpr unary => unary with { Operand = Pin(unary.Operand, at) },
        BinaryExpr binary => binary with { Left = Pin(binary.Left, at), Right = Pin(binary.Right, at) },
        FunctionCall call => call with { Arguments = [.. call.Arguments.Select(argument => Pin(argument, at))] },
        Aggregation aggregation => aggregation with
        {
            Operand = Pin(aggregation.Operand, at), Parameter = aggregation.Parameter is { } parameter ? Pin(parameter, at) : null,
        },
        _ => expr,
    };
}
