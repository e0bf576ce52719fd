using SriovPulse.Metrics.Querying;
using SriovPulse.Metrics.Store;
using SriovPulse.PromQL;
using SriovPulse.PromQL.Evaluation;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Controller.Tests.PrometheusApi;

/// <summary>Answers nothing.</summary>
internal sealed class FailingSource(Exception failure) : IQuerySource
{
    public Task<Answer<QueryValue>> InstantAsync(PromQLExpression expression, long at, QueryOptions options, CancellationToken cancellationToken) => throw failure;

    public Task<Answer<QueryValue>> RangeAsync(PromQLExpression expression, TimeRange range, QueryOptions options, CancellationToken cancellationToken) => throw failure;

    public Task<Answer<IReadOnlyList<Labels>>> SeriesAsync(SeriesSelection selection, CancellationToken cancellationToken) => throw failure;

    public Task<Answer<IReadOnlyList<string>>> LabelNamesAsync(SeriesSelection selection, CancellationToken cancellationToken) => throw failure;

    public Task<Answer<IReadOnlyList<string>>> LabelValuesAsync(string name, SeriesSelection selection, CancellationToken cancellationToken) => throw failure;

    public Task<Answer<IReadOnlyList<MetricMetadata>>> MetadataAsync(string? family, CancellationToken cancellationToken) => throw failure;

    public Task<BuildInformation> BuildInformationAsync(CancellationToken cancellationToken) => throw failure;
}
