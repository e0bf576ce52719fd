using SriovPulse.PromQL.Ast;
using SriovPulse.PromQL.Evaluation;
using SriovPulse.PromQL.Series;

namespace SriovPulse.PromQL.Functions;

/// <summary><c>absent</c> and <c>absent_over_time</c>: a value where there are no series.</summary>
internal static class AbsenceFunctions
{
    public static StepValue Absent(QueryEvaluation evaluation, FunctionCall call, StepGrid grid)
    {
        var series = evaluation.EvaluateVector(call.Arguments[0], grid);
        var present = new bool[grid.Count];
        for (var row = 0; row < series.Count; row++)
        {
            var values = series.Row(row);
            for (var step = 0; step < present.Length; step++)
            {
                present[step] |= !Evaluation.Absent.Is(values[step]);
            }
        }

        return Missing(call.Arguments[0], present);
    }

    public static StepValue AbsentOverTime(QueryEvaluation evaluation, FunctionCall call, StepGrid grid)
    {
        var present = new bool[grid.Count];
        evaluation.ForEachWindow(call.Arguments[0].Unwrapped, grid, (present, grid), static (_, _, times, _, in windows, state) =>
        {
            var (from, to) = (0, 0);
            for (var step = 0; step < state.present.Length; step++)
            {
                var end = windows.End(state.grid[step]);
                while (to < times.Length && times[to] <= end)
                {
                    to++;
                }

                while (from < to && times[from] <= end - windows.Length)
                {
                    from++;
                }

                state.present[step] |= from < to;
            }
        });
        return Missing(call.Arguments[0], present);
    }

    private static SeriesBlock Missing(Expr argument, bool[] present)
    {
        var block = new SeriesBlock(present.Length, 1);
        var row = block.AddAbsent(LabelsOf(argument.Unwrapped), NameState.Kept);
        for (var step = 0; step < present.Length; step++)
        {
            row[step] = present[step] ? row[step] : 1;
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
