using SriovPulse.Metrics.Store;
using SriovPulse.PromQL;
using SriovPulse.PromQL.Evaluation;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Querying;

/// <summary>Answers from the embedded store.</summary>
/// <param name="store">The store.</param>
/// <param name="limits">What one query may cost; null for the defaults.</param>
/// <param name="clock">Measures timeouts, nothing else.</param>
/// <param name="concurrency">How many queries are evaluated at the same time; the others wait. More than there are processors only hold memory.</param>
public sealed class StoreQueries(SeriesStore store, QueryLimits? limits = null, TimeProvider? clock = null, int concurrency = 0) : IQuerySource, IDisposable
{
    private readonly QueryLimits _limits = limits ?? new QueryLimits();
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly SemaphoreSlim _slots = new(concurrency > 0 ? concurrency : Math.Max(2, Environment.ProcessorCount));

    /// <inheritdoc/>
    public Task<Answer<QueryValue>> InstantAsync(PromQLExpression expression, long at, QueryOptions options, CancellationToken cancellationToken) =>
        RunAsync(engine => engine.Instant(expression, at, cancellationToken), expression, options, cancellationToken);

    /// <inheritdoc/>
    public Task<Answer<QueryValue>> RangeAsync(PromQLExpression expression, TimeRange range, QueryOptions options, CancellationToken cancellationToken) =>
        RunAsync(engine => engine.Range(expression, range.Start, range.End, range.Step, cancellationToken), expression, options, cancellationToken);

    /// <inheritdoc/>
    public Task<Answer<IReadOnlyList<Labels>>> SeriesAsync(SeriesSelection selection, CancellationToken cancellationToken) => Limited(
        [.. store.Series(Selectors(selection), Start(selection), End(selection), cancellationToken)], selection);

    /// <inheritdoc/>
    public Task<Answer<IReadOnlyList<string>>> LabelNamesAsync(SeriesSelection selection, CancellationToken cancellationToken) => Limited(
        IsEverything(selection) ? store.LabelNames() : store.LabelNames(Selectors(selection), Start(selection), End(selection), cancellationToken), selection);

    /// <inheritdoc/>
    public Task<Answer<IReadOnlyList<string>>> LabelValuesAsync(string name, SeriesSelection selection, CancellationToken cancellationToken) => Limited(
        IsEverything(selection) ? store.LabelValues(name) : store.LabelValues(name, Selectors(selection), Start(selection), End(selection), cancellationToken),
        selection);

    /// <inheritdoc/>
    public Task<Answer<IReadOnlyList<MetricMetadata>>> MetadataAsync(string? family, CancellationToken cancellationToken) =>
        Task.FromResult(new Answer<IReadOnlyList<MetricMetadata>>([.. store.Metadata().Where(known => family is null || known.Family == family)]));

    /// <inheritdoc/>
    public Task<BuildInformation> BuildInformationAsync(CancellationToken cancellationToken) => Task.FromResult(BuildInformation.Own);

    /// <inheritdoc/>
    public void Dispose() => _slots.Dispose();

    private static bool IsEverything(SeriesSelection selection) => selection is { Selectors.Count: 0, Start: null, End: null };

    private static IReadOnlyList<IReadOnlyList<LabelMatcher>> Selectors(SeriesSelection selection) =>
        selection.Selectors.Count > 0 ? selection.Selectors : [[]];

    private static long Start(SeriesSelection selection) => selection.Start ?? long.MinValue;

    private static long End(SeriesSelection selection) => selection.End ?? long.MaxValue;

    private static Task<Answer<IReadOnlyList<T>>> Limited<T>(IReadOnlyList<T> all, SeriesSelection selection) => Task.FromResult(
        selection.Limit > 0 && all.Count > selection.Limit
            ? new Answer<IReadOnlyList<T>>([.. all.Take(selection.Limit)], [ResultLimit.Warning], [])
            : new Answer<IReadOnlyList<T>>(all));

    private async Task<Answer<QueryValue>> RunAsync(
        Func<QueryEngine, QueryResult> evaluate, PromQLExpression expression, QueryOptions options, CancellationToken cancellationToken)
    {
        var timeout = options.Timeout is { } wanted && wanted < _limits.Timeout ? wanted : _limits.Timeout;
        timeout = timeout > TimeSpan.Zero ? timeout : TimeSpan.Zero;
        var began = _clock.GetTimestamp();
        if (!await WaitAsync(timeout, cancellationToken).ConfigureAwait(false))
        {
            throw new QueryTimeoutException($"query timed out after {timeout.TotalSeconds} s while it waited for other queries", expression.Root.Range);
        }

        try
        {
            var left = timeout - _clock.GetElapsedTime(began);
            var engine = new QueryEngine(store, _limits with { Timeout = left, Lookback = options.Lookback ?? _limits.Lookback }, _clock);
            var result = await Task.Run(() => evaluate(engine), cancellationToken).ConfigureAwait(false);
            return new Answer<QueryValue>(result.Value, Texts(result, AnnotationSeverity.Warning), Texts(result, AnnotationSeverity.Info));
        }
        finally
        {
            _slots.Release();
        }
    }

    // By the clock that was given, which the semaphore does not know.
    private async Task<bool> WaitAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (_slots.Wait(0, cancellationToken))
        {
            return true;
        }

        using var timer = new CancellationTokenSource(timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            await _slots.WaitAsync(either.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private static IReadOnlyList<string> Texts(QueryResult result, AnnotationSeverity severity) => result.Annotations.Count == 0
        ? []
        : [.. result.Annotations.Where(annotation => annotation.Severity == severity).Select(static annotation => annotation.ToString())];
}
