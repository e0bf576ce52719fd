using System.Globalization;
using SriovPulse.PromQL.Ast;
using SriovPulse.PromQL.Evaluation;
using SriovPulse.PromQL.Parsing;

namespace SriovPulse.PromQL.Functions;

/// <summary><c>histogram_quantile</c> and <c>histogram_fraction</c> over classic histograms: series that differ in <c>le</c> only.</summary>
internal static class HistogramFunctions
{
    private const string BucketLabel = "le";

    public static StepValue Quantile(QueryEvaluation evaluation, FunctionCall call, StepGrid grid)
    {
        var quantiles = evaluation.EvaluateScalar(call.Arguments[0], grid);
        CallAnnotations.CheckQuantile(evaluation, call.Arguments[0].Range, quantiles);
        return Each(evaluation, call, call.Arguments[1], grid, (buckets, step, name) =>
        {
            var phi = quantiles[step];
            if (!(phi is >= 0 and <= 1))
            {
                return double.IsNaN(phi) ? double.NaN : phi < 0 ? double.NegativeInfinity : double.PositiveInfinity;
            }

            if (!ClassicHistogram.TryArrange(buckets))
            {
                return double.NaN;
            }

            if (ClassicHistogram.MakeMonotonic(buckets))
            {
                evaluation.Annotate(
                    AnnotationSeverity.Info,
                    call.Arguments[1].Range,
                    $"input to histogram_quantile needed to be fixed for monotonicity (counts fell from bucket to bucket) for metric name {StringText.Quote(name)}");
            }

            return ClassicHistogram.Quantile(phi, buckets);
        });
    }

    public static StepValue Fraction(QueryEvaluation evaluation, FunctionCall call, StepGrid grid)
    {
        var lower = evaluation.EvaluateScalar(call.Arguments[0], grid);
        var upper = evaluation.EvaluateScalar(call.Arguments[1], grid);
        return Each(evaluation, call, call.Arguments[2], grid, (buckets, step, _) =>
            ClassicHistogram.TryArrange(buckets) ? ClassicHistogram.Fraction(lower[step], upper[step], buckets) : double.NaN);
    }

    private static SeriesBlock Each(
        QueryEvaluation evaluation, FunctionCall call, Expr argument, StepGrid grid, Func<List<Bucket>, int, string, double> value)
    {
        var block = evaluation.EvaluateVector(argument, grid);
        var subset = LabelSubset.Except(BucketLabel);
        QueryEvaluation.HideGoneNames(block, subset);
        var table = new SignatureTable(subset, block.Count / 8);
        var rowsOf = new List<List<(int Row, double Bound)>>();
        for (var row = 0; row < block.Count; row++)
        {
            evaluation.Budget.Tick(call.Range);
            var labels = block.Labels[row];
            if (!TryParseBound(labels.Get(BucketLabel), out var bound))
            {
                evaluation.Annotate(
                    AnnotationSeverity.Warning,
                    argument.Range,
                    $"bucket label \"le\" is missing or has a malformed value of {StringText.Quote(labels.Get(BucketLabel))} for metric name {StringText.Quote(labels.Name)}");
                continue;
            }

            var group = table.GetOrAdd(labels);
            if (group == rowsOf.Count)
            {
                rowsOf.Add([]);
            }

            rowsOf[group].Add((row, bound));
        }

        var result = new SeriesBlock(grid.Count, rowsOf.Count);
        var buckets = new List<Bucket>();
        for (var group = 0; group < rowsOf.Count; group++)
        {
            var first = block.Labels[rowsOf[group][0].Row];
            var row = result.AddAbsent(first.Without([BucketLabel]), NameState.Dropping);
            for (var step = 0; step < row.Length; step++)
            {
                buckets.Clear();
                foreach (var (source, bound) in rowsOf[group])
                {
                    var count = block.Row(source)[step];
                    if (!Absent.Is(count))
                    {
                        buckets.Add(new Bucket(bound, count));
                    }
                }

                row[step] = buckets.Count == 0 ? Absent.Value : value(buckets, step, first.Name);
            }
        }

        result.Compact();
        return result;
    }

    private static bool TryParseBound(string text, out double bound)
    {
        bound = text switch { "+Inf" or "Inf" => double.PositiveInfinity, "-Inf" => double.NegativeInfinity, _ => 0 };
        return bound != 0 || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out bound);
    }
}
