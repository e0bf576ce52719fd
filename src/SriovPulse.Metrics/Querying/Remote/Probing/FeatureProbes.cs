using SriovPulse.PromQL.Ast;
using SriovPulse.PromQL.Functions;

namespace SriovPulse.Metrics.Querying.Remote.Probing;

/// <summary>The probes for what expressions use. None needs data on the server: they select nothing, or make numbers of their own.</summary>
internal static class FeatureProbes
{
    // No server has a metric of that name.
    private const string Nothing = "sriovpulse_probe_selects_nothing";

    private static readonly string[] s_counterFunctions = ["rate", "increase", "delta", "irate", "idelta", "deriv", "changes", "resets"];

    public static IEnumerable<FeatureProbe> For(UsedFeatures used)
    {
        foreach (var function in used.Functions.Values)
        {
            yield return new(Call(function), $"the function {function.Name}");
        }

        foreach (var op in used.Aggregations)
        {
            yield return new($"{op.Spelled()}({(op.ParameterType() is { } type ? $"{Argument(type)}, " : string.Empty)}{Nothing})", $"the aggregation {op.Spelled()}");
        }

        if (used.AtTime)
        {
            yield return new($"{Nothing} @ 0", "the @ modifier");
        }

        if (used.AtStartOrEnd)
        {
            yield return new($"{Nothing} @ start()", "@ start() and @ end()");
        }

        if (used.NegativeOffset)
        {
            yield return new($"{Nothing} offset -1s", "an offset into the future");
        }

        foreach (var probe in Ranges(used).Concat(Labels(used)))
        {
            yield return probe;
        }
    }

    private static IEnumerable<FeatureProbe> Ranges(UsedFeatures used)
    {
        if (used.Range)
        {
            yield return new("count_over_time(vector(1)[1m:10s])", "a subquery")
            {
                Expected = 6,
                Otherwise = "ranges are closed at both ends there, as in Prometheus 2: a range such as [1m] of samples 10 s apart may hold 7 of them instead of 6, "
                    + "and count_over_time, sum_over_time, increase and subqueries yield more than here",
            };
        }

        if (used.SubqueryWithoutStep)
        {
            // No step falls on the range's start: it does not matter here whether that belongs to it.
            yield return new("count_over_time(vector(1)[10m30s:])", "a subquery without a step")
            {
                Expected = 11,
                Otherwise = "a subquery without a step takes another step there than the 1m taken here: write the step",
            };
        }

        if (s_counterFunctions.Any(used.Functions.ContainsKey))
        {
            yield return new($"{Nothing} default 1", "MetricsQL")
            {
                ExpectsRefusal = true,
                Otherwise = "the server speaks MetricsQL (VictoriaMetrics): rate, increase and delta also count from the last sample before the range and do not "
                    + "extrapolate, and the newest samples are held back for -search.latencyOffset",
            };
        }
    }

    private static IEnumerable<FeatureProbe> Labels(UsedFeatures used)
    {
        if (used.Regex)
        {
            yield return new("""label_replace(label_replace(vector(1), "a", "x\ny", "", ""), "b", "1", "a", "x.y") * on (b) label_replace(vector(1), "b", "1", "", "")""", "label_replace")
            {
                Expected = 1,
                Otherwise = "a dot in a regular expression does not match a newline there, as in Prometheus 2",
            };
        }

        if (used.NameDropping)
        {
            yield return new(
                """label_replace(-label_replace(vector(1), "__name__", "a", "", ""), "b", "$1", "__name__", "(.*)") * on (b) label_replace(vector(-1), "b", "a", "", "")""", "label_replace")
            {
                Expected = 1,
                Otherwise = "metric names are dropped at once there, here at the end of the evaluation (Prometheus' promql-delayed-name-removal): selecting several "
                    + "metrics at once may fail there for duplicate series, and label_replace and label_join do not see the name",
            };
        }
    }

    private static string Call(FunctionDefinition function) => $"{function.Name}({string.Join(", ", function.Parameters.Select(Argument))})";

    private static string Argument(ExprType type) => type switch
    {
        ExprType.Scalar => "1",
        ExprType.String => "\"a\"",
        ExprType.InstantVector => Nothing,
        _ => $"{Nothing}[1m]",
    };
}
