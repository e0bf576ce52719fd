using SriovPulse.PromQL.Ast;
using SriovPulse.PromQL.Evaluation;
using SriovPulse.PromQL.Series;

namespace SriovPulse.PromQL.Functions;

/// <summary><c>absent</c> and <c>absent_over_time</c>: a value where there are no series.</summary>
internal static class AbsenceFunctions
{
    public static StepValue Absent(QueryEvaluation evaluation, FunctionCall call, StepGrid grid) =>
        Missing(call.Arguments[0], evaluation.EvaluateVector(call.Arguments[0], grid));

    public static StepValue AbsentOverTime(QueryEvaluation evaluation, FunctionCall call, StepGrid grid) =>
        Missing(call.Arguments[0], evaluation.EvaluateWindows(call.Arguments[0], grid, WindowFunctions.Present));

    private static SeriesBlock Missing(Expr argument, SeriesBlock series)
    {
        var block = new SeriesBlock(series.Steps, 1);
        var missing = block.Add(LabelsOf(argument.Unwrapped), NameState.Kept);
        missing.Fill(1);
        for (var row = 0; row < series.Count; row++)
        {
            var values = series.Row(row);
            for (var step = 0; step < missing.Length; step++)
            {
                missing[step] = Evaluation.Absent.Is(values[step]) ? missing[step] : Evaluation.Absent.Value;
            }
        }

        block.Compact();
        return block;
    }

    /// <summary>What the missing series would have: labels that the selector asks for by one "=" and nothing else.</summary>
    private static Labels LabelsOf(Expr argument)
    {
        var matchers = argument switch
        {
            VectorSelector selector => selector.Matchers,
            RangeSelector range => range.Selector.Matchers,
            _ => [],
        };
        var labels = Labels.Empty;
        foreach (var matcher in matchers)
        {
            if (matcher.Name != Labels.MetricName && matcher.Kind == MatchKind.Equal && matchers.Count(other => other.Name == matcher.Name) == 1)
            {
                labels = labels.With(matcher.Name, matcher.Value);
            }
        }

        return labels;
    }
}
