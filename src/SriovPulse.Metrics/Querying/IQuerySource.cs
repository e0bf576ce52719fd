using SriovPulse.Metrics.Store;
using SriovPulse.PromQL;
using SriovPulse.PromQL.Evaluation;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Querying;

/// <summary>
/// Where PromQL is answered: the embedded store (<see cref="StoreQueries"/>) or a server with Prometheus' HTTP API
/// (<see cref="Remote.RemoteQueries"/>). Times are milliseconds since 1970. A query that does not come to an end throws
/// <see cref="QueryException"/> when the store answers, <see cref="Remote.RemoteQueryException"/> when a server does.
/// </summary>
public interface IQuerySource
{
    /// <summary>An expression's value at one time.</summary>
    Task<Answer<QueryValue>> InstantAsync(PromQLExpression expression, long at, QueryOptions options, CancellationToken cancellationToken);

    /// <summary>An expression's values at each step from a start to an end, both included when they fall on a step.</summary>
    Task<Answer<QueryValue>> RangeAsync(PromQLExpression expression, TimeRange range, QueryOptions options, CancellationToken cancellationToken);

    /// <summary>The labels of series; in any order.</summary>
    Task<Answer<IReadOnlyList<Labels>>> SeriesAsync(SeriesSelection selection, CancellationToken cancellationToken);

    /// <summary>The names of labels, sorted.</summary>
    Task<Answer<IReadOnlyList<string>>> LabelNamesAsync(SeriesSelection selection, CancellationToken cancellationToken);

    /// <summary>The values of a label, sorted.</summary>
    Task<Answer<IReadOnlyList<string>>> LabelValuesAsync(string name, SeriesSelection selection, CancellationToken cancellationToken);

    /// <summary>What targets say about a metric family, or about all; a family is there more than once when they disagree.</summary>
    /// <param name="family">The family; null for all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task<Answer<IReadOnlyList<MetricMetadata>>> MetadataAsync(string? family, CancellationToken cancellationToken);

    /// <summary>What answers.</summary>
    Task<BuildInformation> BuildInformationAsync(CancellationToken cancellationToken);
}
