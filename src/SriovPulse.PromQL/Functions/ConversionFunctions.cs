using SriovPulse.PromQL.Ast;
using SriovPulse.PromQL.Evaluation;
using SriovPulse.PromQL.Series;

namespace SriovPulse.PromQL.Functions;

/// <summary><c>scalar</c> and <c>vector</c>.</summary>
internal static class ConversionFunctions
{
    /// <summary>The value of the only series; NaN when there is none or more than one.</summary>
    public static StepValue Scalar(QueryEvaluation evaluation, FunctionCall call, StepGrid grid)
    {
        var block = evaluation.EvaluateVector(call.Arguments[0], grid);
        var result = QueryEvaluation.Constant(double.NaN, grid.Count);
        var found = new int[grid.Count];
        for (var row = 0; row < block.Count; row++)
        {
            var values = block.Row(row);
            for (var step = 0; step < values.Length; step++)
            {
                if (!Absent.Is(values[step]))
                {
                    result[step] = ++found[step] == 1 ? values[step] : double.NaN;
                }
            }
        }

        return result;
    }

    public static StepValue Vector(QueryEvaluation evaluation, FunctionCall call, StepGrid grid)
    {
        var block = new SeriesBlock(grid.Count, 1);
        evaluation.EvaluateScalar(call.Arguments[0], grid).CopyTo(block.Add(Labels.Empty, NameState.Kept));
        return block;
    }
}
