using SriovPulse.PromQL.Ast;
using SriovPulse.PromQL.Parsing;
using SriovPulse.PromQL.Series;

namespace SriovPulse.PromQL.Evaluation;

/// <summary>Aggregations that yield series of their input (topk, bottomk), or one for each value (count_values).</summary>
internal sealed partial class Aggregator
{
    private SeriesBlock SelectK(SeriesBlock block, double[] parameters)
    {
        foreach (var parameter in parameters)
        {
            CheckK(parameter);
        }

        var isTop = node.Operator == AggregationOperator.TopK;
        var keep = new bool[block.Count * block.Steps];
        var order = new List<int>();
        var rowsOf = RowsOfGroups();
        var ranked = new (double Value, int Row)[block.Count];
        foreach (var rows in rowsOf)
        {
            for (var step = 0; step < block.Steps; step++)
            {
                var count = 0;
                foreach (var row in rows)
                {
                    var value = block.Row(row)[step];
                    if (!Absent.Is(value))
                    {
                        ranked[count++] = (value, row);
                    }
                }

                var best = ranked.AsSpan(0, count);
                best.Sort((a, b) => Rank(a, b, isTop));
                foreach (var (_, row) in best[..Math.Max(0, (int)Math.Min(count, parameters[step]))])
                {
                    keep[(row * block.Steps) + step] = true;
                    order.Add(row);
                }
            }
        }

        if (block.Steps == 1)
        {
            // The order is part of the answer; with more steps there is none.
            block.Reorder([.. order]);
            return block;
        }

        var values = block.Values;
        for (var i = 0; i < keep.Length; i++)
        {
            values[i] = keep[i] ? values[i] : Absent.Value;
        }

        block.Compact();
        return block;
    }

    private void CheckK(double parameter)
    {
        if (double.IsNaN(parameter))
        {
            throw new QueryExecutionException("Parameter value is NaN", node.Parameter!.Range);
        }

        // Beyond a long, Prometheus cannot hold k either.
        if (parameter is >= 9223372036854775807.0 or <= -9223372036854775808.0)
        {
            throw new QueryExecutionException($"Scalar value {NumberText.Format(parameter)} overflows int64", node.Parameter!.Range);
        }
    }

    /// <summary>Best first, NaN last, equal ones in the order of the input.</summary>
    private static int Rank((double Value, int Row) a, (double Value, int Row) b, bool isTop)
    {
        var (aIsNaN, bIsNaN) = (double.IsNaN(a.Value), double.IsNaN(b.Value));
        var order = aIsNaN || bIsNaN ? aIsNaN.CompareTo(bIsNaN) : isTop ? b.Value.CompareTo(a.Value) : a.Value.CompareTo(b.Value);
        return order != 0 ? order : a.Row.CompareTo(b.Row);
    }

    private SeriesBlock CountValues(StepGrid grid)
    {
        var label = evaluation.EvaluateString(node.Parameter!, grid);
        if (label.Length == 0 || !StringText.IsValid(label))
        {
            throw new QueryExecutionException($"invalid label name {StringText.Quote(label)}", node.Parameter!.Range);
        }

        var block = evaluation.EvaluateVector(node.Operand, grid);
        var subset = node.IsWithout ? LabelSubset.Ignoring(node.Grouping) : LabelSubset.On(node.Grouping);
        QueryEvaluation.HideGoneNames(block, subset);
        var result = new SeriesBlock(block.Steps, 0);
        var rows = new Dictionary<Labels, int>();
        for (var row = 0; row < block.Count; row++)
        {
            evaluation.Budget.Tick(node.Range);
            var group = subset.Of(block.Labels[row]);
            var values = block.Row(row);
            for (var step = 0; step < values.Length; step++)
            {
                if (Absent.Is(values[step]))
                {
                    continue;
                }

                var labels = group.With(label, NumberText.Format(values[step]));
                if (!rows.TryGetValue(labels, out var at))
                {
                    at = rows[labels] = result.Count;
                    evaluation.Budget.Reserve((long)(result.Count + 1) * block.Steps, node.Range);
                    result.AddAbsent(labels, subset.SeesMetadata ? block.Names[row] : NameState.Kept);
                }

                ref var count = ref result.Row(at)[step];
                count = Absent.Is(count) ? 1 : count + 1;
            }
        }

        return result;
    }
}
