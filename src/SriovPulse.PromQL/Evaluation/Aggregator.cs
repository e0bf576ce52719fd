using SriovPulse.PromQL.Ast;

namespace SriovPulse.PromQL.Evaluation;

/// <summary>Evaluates one aggregation: numbers the groups once, then goes over the values.</summary>
internal sealed partial class Aggregator(QueryEvaluation evaluation, Aggregation node)
{
    private SignatureTable _groups = null!;
    private int[] _groupOf = null!;
    private NameState[] _names = null!;
    private LabelSubset _subset = null!;

    public SeriesBlock Run(StepGrid grid)
    {
        if (node.Operator == AggregationOperator.CountValues)
        {
            return CountValues(grid);
        }

        var parameters = node.Parameter is null ? null : evaluation.EvaluateScalar(node.Parameter, grid);
        var block = evaluation.EvaluateVector(node.Operand, grid);
        Group(block, node.Grouping);
        switch (node.Operator)
        {
            case AggregationOperator.TopK or AggregationOperator.BottomK:
                return SelectK(block, parameters!);
            case AggregationOperator.Quantile:
                CallAnnotations.CheckQuantile(evaluation, node.Parameter!.Range, parameters!);
                return Quantiles(block, parameters!);
            case AggregationOperator.Avg:
                return Fold<Mean>(block, static (ref Mean mean, double value) => mean.Add(value), static (in Mean mean) => mean.Value);
            case AggregationOperator.Sum:
                return Fold<KahanSum>(block, static (ref KahanSum sum, double value) => sum.Add(value), static (in KahanSum sum) => sum.Value);
            case AggregationOperator.Stddev:
                return Fold<Variance>(block, static (ref Variance v, double value) => v.Add(value), static (in Variance v) => Math.Sqrt(v.Value));
            case AggregationOperator.Stdvar:
                return Fold<Variance>(block, static (ref Variance v, double value) => v.Add(value), static (in Variance v) => v.Value);
            case AggregationOperator.Count:
                return Fold<double>(block, static (ref double count, double _) => count++, static (in double count) => count);
            case AggregationOperator.Group:
                return Fold<double>(block, static (ref double _, double _) => { }, static (in double _) => 1);
            case AggregationOperator.Min:
                return Extremes(block, static (now, value) => value < now || double.IsNaN(now));
            default:
                return Extremes(block, static (now, value) => value > now || double.IsNaN(now));
        }
    }

    private void Group(SeriesBlock block, IReadOnlyList<string> grouping)
    {
        _subset = node.IsWithout ? LabelSubset.Ignoring(grouping) : LabelSubset.On(grouping);
        QueryEvaluation.HideGoneNames(block, _subset);
        _groups = new SignatureTable(_subset, node.IsWithout ? block.Count : Math.Min(block.Count, 1024));
        _groupOf = new int[block.Count];
        var labels = block.Labels;
        for (var row = 0; row < labels.Length; row++)
        {
            evaluation.Budget.Tick(node.Range);
            _groupOf[row] = _groups.GetOrAdd(labels[row]);
        }

        // A group's name is to go when that of any of its series is.
        _names = new NameState[_groups.Count];
        if (_subset.SeesMetadata)
        {
            for (var row = 0; row < labels.Length; row++)
            {
                ref var name = ref _names[_groupOf[row]];
                name = name < block.Names[row] ? block.Names[row] : name;
            }
        }
    }

    private SeriesBlock GroupBlock(int steps)
    {
        evaluation.Budget.Reserve((long)_groups.Count * steps, node.Range);
        var result = new SeriesBlock(steps, _groups.Count);
        for (var group = 0; group < _groups.Count; group++)
        {
            result.AddAbsent(_subset.Of(_groups.First(group)), _names[group]);
        }

        return result;
    }

    private SeriesBlock Fold<TState>(SeriesBlock block, FoldStep<TState> add, FoldEnd<TState> end)
        where TState : struct
    {
        var result = GroupBlock(block.Steps);
        var states = new TState[result.Values.Length];
        var seen = new bool[states.Length];
        var steps = block.Steps;
        for (var row = 0; row < block.Count; row++)
        {
            var values = block.Row(row);
            var at = _groupOf[row] * steps;
            for (var step = 0; step < steps; step++)
            {
                if (!Absent.Is(values[step]))
                {
                    add(ref states[at + step], values[step]);
                    seen[at + step] = true;
                }
            }
        }

        var results = result.Values;
        for (var i = 0; i < states.Length; i++)
        {
            if (seen[i])
            {
                results[i] = end(in states[i]);
            }
        }

        result.Compact();
        return result;
    }

    private SeriesBlock Extremes(SeriesBlock block, Func<double, double, bool> isBetter)
    {
        var result = GroupBlock(block.Steps);
        for (var row = 0; row < block.Count; row++)
        {
            var values = block.Row(row);
            var best = result.Row(_groupOf[row]);
            for (var step = 0; step < values.Length; step++)
            {
                if (!Absent.Is(values[step]) && (Absent.Is(best[step]) || isBetter(best[step], values[step])))
                {
                    best[step] = values[step];
                }
            }
        }

        result.Compact();
        return result;
    }

    private SeriesBlock Quantiles(SeriesBlock block, double[] parameters)
    {
        var result = GroupBlock(block.Steps);
        var rowsOf = RowsOfGroups();
        var values = new double[block.Count];
        for (var group = 0; group < rowsOf.Length; group++)
        {
            for (var step = 0; step < block.Steps; step++)
            {
                var count = 0;
                foreach (var row in rowsOf[group])
                {
                    var value = block.Row(row)[step];
                    if (!Absent.Is(value))
                    {
                        values[count++] = value;
                    }
                }

                if (count > 0)
                {
                    result.Row(group)[step] = Quantile.Of(parameters[step], values.AsSpan(0, count));
                }
            }
        }

        result.Compact();
        return result;
    }

    private List<int>[] RowsOfGroups()
    {
        var rows = new List<int>[_groups.Count];
        for (var row = 0; row < _groupOf.Length; row++)
        {
            (rows[_groupOf[row]] ??= []).Add(row);
        }

        return rows;
    }

    private delegate void FoldStep<TState>(ref TState state, double value);

    private delegate double FoldEnd<TState>(in TState state);
}
