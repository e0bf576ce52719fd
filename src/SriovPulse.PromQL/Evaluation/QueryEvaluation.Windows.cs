using SriovPulse.PromQL.Ast;
using SriovPulse.PromQL.Functions;
using SriovPulse.PromQL.Series;

namespace SriovPulse.PromQL.Evaluation;

internal sealed partial class QueryEvaluation
{
    private StepValue EvaluateWindows(FunctionCall call, StepGrid grid)
    {
        var function = call.Function;
        double[]? parameters = null;
        var rangeArgument = call.Arguments[0];
        foreach (var argument in call.Arguments)
        {
            if (argument.Type == ExprType.Scalar)
            {
                parameters = EvaluateScalar(argument, grid);
            }
            else
            {
                rangeArgument = argument;
            }
        }

        CallAnnotations.Check(this, call, parameters);
        var block = EvaluateWindows(rangeArgument, grid, function.PerWindow!, parameters, function.KeepsName);
        CallAnnotations.CheckNames(this, call, rangeArgument.Range, block);
        return block;
    }

    /// <summary>One value for each series and step, of the samples in the step's window.</summary>
    public SeriesBlock EvaluateWindows(Expr range, StepGrid grid, WindowFunction function, double[]? parameters = null, bool keepsName = false)
    {
        var block = new SeriesBlock(grid.Count, 0);
        ForEachWindow(range.Unwrapped, grid, new WindowCall(function, parameters, grid, block, keepsName), Apply, block.EnsureCapacity);
        return block;
    }

    private static void Apply(Labels labels, NameState name, ReadOnlySpan<long> times, ReadOnlySpan<double> values, in StepWindows windows, WindowCall call)
    {
        var row = call.Block.AddAbsent(labels, call.KeepsName || name == NameState.Gone ? name : NameState.Dropping);
        var (from, to, any) = (0, 0, false);
        for (var step = 0; step < row.Length; step++)
        {
            var evaluatedAt = call.Grid[step];
            var end = windows.End(evaluatedAt);
            var start = end - windows.Length;
            while (to < times.Length && times[to] <= end)
            {
                to++;
            }

            while (from < to && times[from] <= start)
            {
                from++;
            }

            if (from == to)
            {
                continue;
            }

            var arguments = new WindowArguments(
                times[from..to], values[from..to], start, end, evaluatedAt, call.Parameters is { } parameters ? parameters[step] : 0);
            if (call.Function(in arguments, out var result))
            {
                row[step] = result;
                any = true;
            }
        }

        if (!any)
        {
            call.Block.RemoveLast();
        }
    }

    /// <summary>Hands all samples of each series, over all steps, to a visitor, without staleness markers.</summary>
    /// <param name="range">A range selector or subquery.</param>
    /// <param name="grid">The steps.</param>
    /// <param name="state">Handed to the visitor.</param>
    /// <param name="visit">The visitor.</param>
    /// <param name="prepare">Told how many series there are at most, before the first.</param>
    private void ForEachWindow<TState>(Expr range, StepGrid grid, TState state, WindowVisitor<TState> visit, Action<int>? prepare = null)
    {
        var held = _budget.Held;
        var (series, samples) = range switch
        {
            RangeSelector selector => VisitSelector(selector, grid, state, visit, prepare),
            Subquery subquery => VisitSubquery(subquery, grid, state, visit, prepare),
            _ => throw new UnknownExprException(range),
        };
        _budget.Hold(held, 0, range.Range);
        _explain?.AddRange(range, series, samples);
    }

    private (List<Labels>? Series, long Samples) VisitSelector<TState>(
        RangeSelector range, StepGrid grid, TState state, WindowVisitor<TState> visit, Action<int>? prepare)
    {
        var selector = range.Selector;
        var windows = new StepWindows(range.Window, selector.Shift, Start, End);
        var (first, last) = (windows.End(grid.Start) - range.Window, windows.End(grid.End));
        var found = Find(selector, first, last);
        _budget.Reserve((long)found.Count * grid.Count, range.Range);
        prepare?.Invoke(found.Count);
        var explained = _explain is null ? null : new List<Labels>();
        var samples = 0L;
        for (var i = 0; i < found.Count; i++)
        {
            _budget.Tick(range.Range);
            _window.Clear();
            found[i].Read(first, last, _window);
            _window.RemoveStaleMarkers();
            if (_window.Count == 0)
            {
                continue;
            }

            samples += _window.Count;
            explained?.Add(found[i].Labels);
            _budget.Reserve(_window.Count, range.Range);
            visit(found[i].Labels, NameState.Kept, _window.Timestamps, _window.Values, in windows, state);
        }

        return (explained, samples);
    }

    private (List<Labels>? Series, long Samples) VisitSubquery<TState>(
        Subquery subquery, StepGrid grid, TState state, WindowVisitor<TState> visit, Action<int>? prepare)
    {
        var windows = new StepWindows(subquery.Window, subquery.Shift, Start, End);
        var step = subquery.Step ?? Math.Max(1, (long)Limits.DefaultSubqueryStep.TotalMilliseconds);
        var (first, last) = (windows.End(grid.Start) - subquery.Window, windows.End(grid.End));

        // Steps are multiples of the step, so that results do not depend on when the query runs; the window is open at its start.
        var start = (FloorDivide(first, step) + 1) * step;
        if (start > last)
        {
            return (_explain is null ? null : [], 0);
        }

        var count = ((last - start) / step) + 1;
        _budget.Reserve(count, subquery.Range);
        var inner = new StepGrid(start, step, (int)count);
        var block = ResultReader.Merge(EvaluateVector(subquery.Inner, inner), subquery.Range, failOnOverlap: true);
        _budget.Reserve((long)block.Count * grid.Count, subquery.Range);
        prepare?.Invoke(block.Count);
        var (times, values) = (new long[inner.Count], new double[inner.Count]);
        var explained = _explain is null ? null : new List<Labels>();
        var samples = 0L;
        for (var row = 0; row < block.Count; row++)
        {
            _budget.Tick(subquery.Range);
            var length = 0;
            var source = block.Row(row);
            for (var i = 0; i < source.Length; i++)
            {
                if (!Absent.Is(source[i]))
                {
                    (times[length], values[length++]) = (inner[i], source[i]);
                }
            }

            if (length > 0)
            {
                samples += length;
                explained?.Add(block.Labels[row]);
                visit(block.Labels[row], block.Names[row], times.AsSpan(0, length), values.AsSpan(0, length), in windows, state);
            }
        }

        return (explained, samples);
    }

    private List<MatrixSeries> ReadMatrix(Expr range)
    {
        var series = new List<MatrixSeries>();
        ForEachWindow(range, StepGrid.At(Start), series, static (labels, name, times, values, in _, all) =>
        {
            var samples = new Sample[times.Length];
            for (var i = 0; i < samples.Length; i++)
            {
                samples[i] = new Sample(times[i], values[i]);
            }

            all.Add(new MatrixSeries(name == NameState.Kept ? labels : labels.WithoutMetadata(), samples));
        });
        series.Sort(static (a, b) => Labels.Compare(a.Labels, b.Labels));
        for (var i = 1; i < series.Count; i++)
        {
            if (series[i].Labels.Equals(series[i - 1].Labels))
            {
                throw new QueryExecutionException(ResultReader.SameLabels, range.Range, series[i].Labels.ToString());
            }
        }

        return series;
    }

    private static long FloorDivide(long value, long by) => (value / by) - (value % by < 0 ? 1 : 0);
}
