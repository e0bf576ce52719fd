using SriovPulse.PromQL.Ast;
using SriovPulse.PromQL.Evaluation;

namespace SriovPulse.PromQL.Functions;

/// <summary><c>sort</c> and <c>sort_desc</c>; NaN comes last in both.</summary>
internal static class SortFunctions
{
    public static StepValue Ascending(QueryEvaluation evaluation, FunctionCall call, StepGrid grid) => Sort(evaluation, call, grid, 1);

    public static StepValue Descending(QueryEvaluation evaluation, FunctionCall call, StepGrid grid) => Sort(evaluation, call, grid, -1);

    private static SeriesBlock Sort(QueryEvaluation evaluation, FunctionCall call, StepGrid grid, int direction)
    {
        var block = evaluation.EvaluateVector(call.Arguments[0], grid);
        if (evaluation.IsRange)
        {
            evaluation.Annotate(
                AnnotationSeverity.Warning, call.Range, "sort is ineffective for range queries since results are always ordered by labels");
        }

        if (grid.Count > 1)
        {
            return block;
        }

        var values = block.Values.ToArray();
        var order = new int[values.Length];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(order, (a, b) =>
        {
            var (aIsNaN, bIsNaN) = (double.IsNaN(values[a]), double.IsNaN(values[b]));
            var by = aIsNaN || bIsNaN ? aIsNaN.CompareTo(bIsNaN) : values[a].CompareTo(values[b]) * direction;
            return by != 0 ? by : a.CompareTo(b);
        });
        block.Reorder(order);
        return block;
    }
}
