using SriovPulse.PromQL.Ast;
using SriovPulse.PromQL.Parsing;
using SriovPulse.PromQL.Series;

namespace SriovPulse.PromQL.Evaluation;

/// <summary>The remarks that Prometheus makes on arguments of functions and aggregations.</summary>
internal static class CallAnnotations
{
    public static void Check(QueryEvaluation evaluation, FunctionCall call, double[]? parameters)
    {
        if (call.Function.Name == "quantile_over_time")
        {
            CheckQuantile(evaluation, call.Arguments[0].Range, parameters!);
        }
    }

    public static void CheckQuantile(QueryEvaluation evaluation, TextRange range, double[] quantiles)
    {
        foreach (var quantile in quantiles)
        {
            if (!(quantile is >= 0 and <= 1))
            {
                evaluation.Annotate(
                    AnnotationSeverity.Warning, range, $"quantile value should be between 0 and 1, got {NumberText.Format(quantile)}");
            }
        }
    }

    /// <summary>Counters are told by their names, or by their type label.</summary>
    public static void CheckNames(QueryEvaluation evaluation, FunctionCall call, TextRange range, SeriesBlock block)
    {
        if (call.Function.Name is not ("rate" or "increase"))
        {
            return;
        }

        Labels? last = null;
        string? lastName = null;
        foreach (var labels in block.Labels)
        {
            var name = labels.Name;
            if (ReferenceEquals(labels, last) || (ReferenceEquals(name, lastName) && labels.Get(Labels.MetricType).Length == 0))
            {
                continue;
            }

            (last, lastName) = (labels, name);
            var type = labels.Get(Labels.MetricType);
            if (type.Length > 0)
            {
                if (type is not ("counter" or "histogram"))
                {
                    evaluation.Annotate(
                        AnnotationSeverity.Info,
                        range,
                        $"metric might not be a counter, __type__ label is not set to \"counter\" or \"histogram\", got {StringText.Quote(type)}: {StringText.Quote(name)}");
                }
            }
            else if (name.Length > 0 && !IsCounterName(name))
            {
                evaluation.Annotate(
                    AnnotationSeverity.Info, range, $"metric might not be a counter, name does not end in _total/_sum/_count/_bucket: {StringText.Quote(name)}");
            }
        }
    }

    private static bool IsCounterName(string name) =>
        name.EndsWith("_total", StringComparison.Ordinal) || name.EndsWith("_sum", StringComparison.Ordinal)
        || name.EndsWith("_count", StringComparison.Ordinal) || name.EndsWith("_bucket", StringComparison.Ordinal);
}
