using SriovPulse.PromQL.Ast;
using SriovPulse.PromQL.Evaluation;

namespace SriovPulse.PromQL.Functions;

/// <summary><c>time</c> and <c>timestamp</c>.</summary>
internal static class TimeFunctions
{
    public static StepValue Time(QueryEvaluation evaluation, FunctionCall call, StepGrid grid)
    {
        var times = new double[grid.Count];
        for (var step = 0; step < times.Length; step++)
        {
            times[step] = grid[step] / 1000.0;
        }

        return times;
    }

    /// <summary>Of a selector the times of its samples; of anything else the time of evaluation, since results have no other.</summary>
    public static StepValue Timestamp(QueryEvaluation evaluation, FunctionCall call, StepGrid grid)
    {
        var argument = call.Arguments[0].Unwrapped;
        SeriesBlock block;
        if (argument is VectorSelector selector)
        {
            block = evaluation.Select(selector, grid, timestamps: true);
            evaluation.Explain?.Add(selector, block);
        }
        else
        {
            block = evaluation.EvaluateVector(argument, grid);
            for (var row = 0; row < block.Count; row++)
            {
                var values = block.Row(row);
                for (var step = 0; step < values.Length; step++)
                {
                    values[step] = Absent.Is(values[step]) ? values[step] : grid[step] / 1000.0;
                }
            }
        }

        block.DropNames(NameState.Dropping);
        return block;
    }
}
