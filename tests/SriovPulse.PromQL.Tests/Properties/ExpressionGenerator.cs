namespace SriovPulse.PromQL.Tests.Properties;

/// <summary>Makes texts of right expressions over the metrics a, b and c_total with the labels x and y.</summary>
public sealed class ExpressionGenerator(Random random)
{
    private static readonly string[] s_comparisons = ["==", "!=", "<", "<=", ">", ">="];
    private static readonly string[] s_arithmetic = ["+", "-", "*", "/", "%", "^", "atan2"];
    private static readonly string[] s_sets = ["and", "or", "unless"];
    private static readonly string[] s_durations = ["30s", "1m", "2m30s", "5m", "90", "1500ms"];

    /// <summary>
    /// The text of an instant vector. Operands stand side by side without parentheses, so the tree is often another than the one that was thought of; one
    /// that is wrong then, such as a comparison of two scalars, is made anew.
    /// </summary>
    public PromQLExpression Expression(int depth)
    {
        while (true)
        {
            if (PromQLExpression.TryParse(Vector(depth), out var expression, out _) && expression.Type == Ast.ExprType.InstantVector)
            {
                return expression;
            }
        }
    }

    private string Vector(int depth)
    {
        if (depth <= 0)
        {
            return Selector() + Shift();
        }

        return random.Next(15) switch
        {
            0 => Selector() + Shift(),
            1 or 2 => $"{Pick("rate", "increase", "delta", "irate", "idelta", "deriv", "resets", "changes", "sum_over_time", "avg_over_time", "min_over_time", "max_over_time", "count_over_time", "stddev_over_time", "last_over_time", "present_over_time", "absent_over_time")}({Range(depth - 1)})",
            3 => $"quantile_over_time({Scalar(depth - 1)}, {Range(depth - 1)})",
            4 => $"{Pick("abs", "ceil", "sgn", "exp", "sqrt", "sort", "absent", "timestamp", "minute", "round", "histogram_quantile")}({Vector(depth - 1)})".Replace("histogram_quantile(", "histogram_quantile(0.5, ", StringComparison.Ordinal),
            5 => $"clamp({Vector(depth - 1)}, {Scalar(depth - 1)}, {Scalar(depth - 1)})",
            6 => $"({Vector(depth - 1)})",
            7 => $"{Pick("-", "+")}{Vector(depth - 1)}",
            8 => $"{Aggregation()}{Grouping()}({Vector(depth - 1)})",
            9 => $"{Pick("topk", "bottomk", "quantile")}({Scalar(0)}, {Vector(depth - 1)}){Grouping()}",
            10 => $"{Vector(depth - 1)} {Pick(s_arithmetic)} {Scalar(depth - 1)}",
            11 => $"{Scalar(depth - 1)} {Pick(s_comparisons)} {Pick("", "bool ")}{Vector(depth - 1)}",
            12 => $"{Vector(depth - 1)} {Pick(s_arithmetic)} {Matching(true)}{Vector(depth - 1)}",
            13 => $"{Vector(depth - 1)} {Pick(s_comparisons)} {Pick("", "bool ")}{Matching(true)}{Vector(depth - 1)}",
            _ => $"{Vector(depth - 1)} {Pick(s_sets)} {Matching(false)}{Vector(depth - 1)}",
        };
    }

    private string Scalar(int depth) => random.Next(depth <= 0 ? 2 : 6) switch
    {
        0 => Pick("0", "1", "2.5", "-1", "1e3", "Inf", "NaN", "0x1f", "5m"),
        1 => "0.5",
        2 => "time()",
        3 => $"scalar({Vector(depth - 1)})",
        4 => $"({Scalar(depth - 1)} {Pick(s_arithmetic)} {Scalar(depth - 1)})",
        _ => $"({Scalar(depth - 1)} {Pick(s_comparisons)} bool {Scalar(depth - 1)})",
    };

    private string Range(int depth) => random.Next(3) switch
    {
        0 => $"({Vector(depth)})[{Pick(s_durations)}:{Pick("", "10s", "1m")}]{Shift()}",
        _ => $"{Selector()}[{Pick(s_durations)}]{Shift()}",
    };

    private string Selector() => Pick(
        "a", "b", "c_total", "a{x=\"1\"}", "b{x!=\"1\"}", "{__name__=~\"a|b\"}", "a{x=~\"1|2\",y!~\"q.*\"}", "{\"a\"}", "{x=\"1\", __name__=\"b\"}");

    private string Shift() => Pick("", "", "", "", " offset 1m", " offset -30s", " @ 120", " @ start()", " @ end() offset 15s", " offset 1m @ 90.5");

    private string Aggregation() => Pick("sum", "avg", "count", "min", "max", "group", "stddev", "stdvar");

    private string Grouping() => Pick("", " by (x)", " without (x)", " by (x, y)", " by ()", " without (y, \"z z\")");

    private string Matching(bool mayGroup) => Pick(
        "", "", "on (x) ", "ignoring (y) ", "on () ", mayGroup ? "on (x) group_left () " : "", mayGroup ? "ignoring (y) group_right (y) " : "");

    private string Pick(params string[] choices) => choices[random.Next(choices.Length)];
}
