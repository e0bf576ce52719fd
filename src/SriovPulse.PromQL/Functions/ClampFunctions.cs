using SriovPulse.PromQL.Ast;
using SriovPulse.PromQL.Evaluation;

namespace SriovPulse.PromQL.Functions;

/// <summary>Functions of each value and of scalars.</summary>
internal static class ClampFunctions
{
    public static StepValue Clamp(QueryEvaluation evaluation, FunctionCall call, StepGrid grid)
    {
        var min = evaluation.EvaluateScalar(call.Arguments[1], grid);
        var max = evaluation.EvaluateScalar(call.Arguments[2], grid);
        return Map(evaluation, call, grid, (value, step) => max[step] < min[step] ? Absent.Value : Math.Max(min[step], Math.Min(max[step], value)));
    }

    public static StepValue ClampMin(QueryEvaluation evaluation, FunctionCall call, StepGrid grid)
    {
        var min = evaluation.EvaluateScalar(call.Arguments[1], grid);
        return Map(evaluation, call, grid, (value, step) => Math.Max(min[step], value));
    }

    public static StepValue ClampMax(QueryEvaluation evaluation, FunctionCall call, StepGrid grid)
    {
        var max = evaluation.EvaluateScalar(call.Arguments[1], grid);
        return Map(evaluation, call, grid, (value, step) => Math.Min(max[step], value));
    }

    public static StepValue Round(QueryEvaluation evaluation, FunctionCall call, StepGrid grid)
    {
        var to = call.Arguments.Count > 1 ? evaluation.EvaluateScalar(call.Arguments[1], grid) : QueryEvaluation.Constant(1, grid.Count);

        // Multiplying by the inverse keeps steps such as 0.1 exact.
        return Map(evaluation, call, grid, (value, step) => Math.Floor((value * (1 / to[step])) + 0.5) / (1 / to[step]));
    }

    private static SeriesBlock Map(QueryEvaluation evaluation, FunctionCall call, StepGrid grid, Func<double, int, double> map)
    {
        var block = evaluation.EvaluateVector(call.Arguments[0], grid);
        for (var row = 0; row < block.Count; row++)
        {
            var values = block.Row(row);
            for (var step = 0; step < values.Length; step++)
            {
                values[step] = Absent.Is(values[step]) ? values[step] : map(values[step], step);
            }
        }

        block.DropNames(NameState.Dropping);
        return block;
    }
}
