using SriovPulse.PromQL.Ast;
using SriovPulse.PromQL.Series;

namespace SriovPulse.PromQL.Evaluation;

internal sealed partial class QueryEvaluation
{
    /// <summary>The newest sample of each series at each step, no older than the lookback.</summary>
    /// <param name="selector">The series.</param>
    /// <param name="grid">The steps.</param>
    /// <param name="timestamps">Whether the samples' times are wanted, in seconds, instead of their values.</param>
    public SeriesBlock Select(VectorSelector selector, StepGrid grid, bool timestamps)
    {
        var lookback = (long)Limits.Lookback.TotalMilliseconds;
        var first = selector.Shift.Apply(grid.Start, Start, End);
        var last = selector.Shift.Apply(grid.End, Start, End);
        var found = Find(selector, first - lookback, last);
        _budget.Reserve((long)found.Count * grid.Count, selector.Range);
        var block = new SeriesBlock(grid.Count, found.Count);
        for (var i = 0; i < found.Count; i++)
        {
            _budget.Tick(selector.Range);
            var series = found[i];
            if (grid.Count == 1)
            {
                if (series.TryReadLast(last - lookback, last, out var sample) && !Staleness.IsMarker(sample.Value))
                {
                    block.Add(series.Labels, NameState.Kept)[0] = timestamps ? sample.Timestamp / 1000.0 : sample.Value;
                }
            }
            else
            {
                SelectSteps(series, selector, grid, lookback, first, last, timestamps, block);
            }
        }

        return block;
    }

    private void SelectSteps(
        ISeries series, VectorSelector selector, StepGrid grid, long lookback, long first, long last, bool timestamps, SeriesBlock block)
    {
        _window.Clear();
        series.Read(first - lookback, last, _window);
        _budget.Reserve(_window.Count, selector.Range);
        var times = _window.Timestamps;
        var values = _window.Values;
        var row = block.AddAbsent(series.Labels, NameState.Kept);
        var (at, any) = (-1, false);
        for (var step = 0; step < row.Length; step++)
        {
            var time = selector.Shift.Apply(grid[step], Start, End);
            while (at + 1 < times.Length && times[at + 1] <= time)
            {
                at++;
            }

            if (at >= 0 && times[at] > time - lookback && !Staleness.IsMarker(values[at]))
            {
                row[step] = timestamps ? times[at] / 1000.0 : values[at];
                any = true;
            }
        }

        if (!any)
        {
            block.RemoveLast();
        }
    }

    private IReadOnlyList<ISeries> Find(VectorSelector selector, long startExclusive, long endInclusive)
    {
        _budget.Look(selector.Range);
        IReadOnlyList<ISeries> found;
        try
        {
            found = _source.FindSeries(selector.Matchers, startExclusive, endInclusive, _budget.CancellationToken);
        }
        catch (OperationCanceledException e) when (_budget.CancellationToken.IsCancellationRequested)
        {
            throw new QueryCanceledException(selector.Range, e);
        }

        if (found.Count > Limits.MaxSeries)
        {
            throw new QueryLimitException(
                $"selector finds {found.Count} series, more than the limit of {Limits.MaxSeries}: narrow it by more matchers", selector.Range);
        }

        return found;
    }
}
