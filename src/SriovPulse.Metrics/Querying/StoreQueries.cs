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
    private readonly SemaphoreSlim _slots = new(concurrency > 0 ? concurrency : Math.Max(2, Environment.ProcessorCount));

    /// <inheritdoc/>
    public Task<Answer<QueryValue>> InstantAsync(PromQLExpression expression, long at, QueryOptions options, CancellationToken cancellationToken) =>
        RunAsync(() => Engine(options).Instant(expression, at, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<Answer<QueryValue>> RangeAsync(PromQLExpression expression, TimeRange range, QueryOptions options, CancellationToken cancellationToken) =>
        RunAsync(() => Engine(options).Range(expression, range.Start, range.End, range.Step, cancellationToken), cancellationToken);

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

    private QueryEngine Engine(QueryOptions options) => new(
        store,
        _limits with
        {
            Timeout = options.Timeout is { } timeout && timeout < _limits.Timeout ? timeout : _limits.Timeout,
            Lookback = options.Lookback ?? _limits.Lookback,
        },
        clock);

    private async Task<Answer<QueryValue>> RunAsync(Func<QueryResult> evaluate, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var result = await Task.Run(evaluate, cancellationToken).ConfigureAwait(false);
            return new Answer<QueryValue>(result.Value, Texts(result, AnnotationSeverity.Warning), Texts(result, AnnotationSeverity.Info));
        }
        finally
        {
            _slots.Release();
        }
    }

    private static IReadOnlyList<string> Texts(QueryResult result, AnnotationSeverity severity) => result.Annotations.Count == 0
        ? []
        : [.. result.Annotations.Where(annotation => annotation.Severity == severity).Select(static annotation => annotation.ToString())];
}
