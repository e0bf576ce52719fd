using System.Globalization;
using SriovPulse.Metrics.Querying.Remote.Answers;
using SriovPulse.Metrics.Querying.Remote.Probing;
using SriovPulse.Metrics.Store;
using SriovPulse.PromQL;
using SriovPulse.PromQL.Evaluation;
using SriovPulse.PromQL.Parsing;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Querying.Remote;

/// <summary>Answers from a server with Prometheus' HTTP API: Prometheus, Thanos, Mimir, VictoriaMetrics.</summary>
/// <param name="remote">The server and how it is asked.</param>
/// <param name="time">Clock of timeouts and waits.</param>
/// <param name="random">Jitter of the waits.</param>
/// <param name="handler">Connections, disposed with this; null for sockets with the options' TLS settings.</param>
public sealed class RemoteQueries(RemoteOptions remote, TimeProvider time, Random random, HttpMessageHandler? handler = null) : IQuerySource, IDisposable
{
    private readonly RemoteClient _client = new(remote, time, random, handler);

    /// <inheritdoc/>
    public Task<Answer<QueryValue>> InstantAsync(PromQLExpression expression, long at, QueryOptions options, CancellationToken cancellationToken) =>
        QueryAsync("query", at, [new("query", expression.Text), new("time", Seconds(at))], options, cancellationToken);

    /// <inheritdoc/>
    public Task<Answer<QueryValue>> RangeAsync(PromQLExpression expression, TimeRange range, QueryOptions options, CancellationToken cancellationToken) => QueryAsync(
        "query_range",
        range.End,
        [new("query", expression.Text), new("start", Seconds(range.Start)), new("end", Seconds(range.End)), new("step", Seconds(range.Step))],
        options,
        cancellationToken);

    /// <inheritdoc/>
    public async Task<Answer<IReadOnlyList<Labels>>> SeriesAsync(SeriesSelection selection, CancellationToken cancellationToken)
    {
        // Prometheus wants a selector; this one selects all.
        var selected = selection.Selectors.Count > 0 ? selection : selection with { Selectors = [[new LabelMatcher(Labels.MetricName, MatchKind.NotEqual, string.Empty)]] };
        var (data, answer) = await AskAsync("series", Parameters(selected), asForm: true, static () => new LabelSetData(), cancellationToken).ConfigureAwait(false);
        return Answered<IReadOnlyList<Labels>>(data.Series, answer);
    }

    /// <inheritdoc/>
    public async Task<Answer<IReadOnlyList<string>>> LabelNamesAsync(SeriesSelection selection, CancellationToken cancellationToken)
    {
        var (data, answer) = await AskAsync("labels", Parameters(selection), asForm: true, static () => new TextData(), cancellationToken).ConfigureAwait(false);
        return Answered<IReadOnlyList<string>>(data.Texts, answer);
    }

    /// <inheritdoc/>
    public async Task<Answer<IReadOnlyList<string>>> LabelValuesAsync(string name, SeriesSelection selection, CancellationToken cancellationToken)
    {
        var path = $"label/{Uri.EscapeDataString(name)}/values";
        var (data, answer) = await AskAsync(path, Parameters(selection), asForm: false, static () => new TextData(), cancellationToken).ConfigureAwait(false);
        return Answered<IReadOnlyList<string>>(data.Texts, answer);
    }

    /// <inheritdoc/>
    public async Task<Answer<IReadOnlyList<MetricMetadata>>> MetadataAsync(string? family, CancellationToken cancellationToken)
    {
        List<KeyValuePair<string, string>> parameters = family is null ? [] : [new("metric", family)];
        var (data, answer) = await AskAsync("metadata", parameters, asForm: false, static () => new MetadataData(), cancellationToken).ConfigureAwait(false);
        return Answered<IReadOnlyList<MetricMetadata>>(data.Families, answer);
    }

    /// <inheritdoc/>
    public async Task<BuildInformation> BuildInformationAsync(CancellationToken cancellationToken)
    {
        var (data, _) = await AskAsync("status/buildinfo", [], asForm: false, static () => new BuildData(), cancellationToken).ConfigureAwait(false);
        return data.Build();
    }

    /// <summary>
    /// Finds out, by small queries, what the server does otherwise than SriovPulse's own engine in those respects that the expressions depend on.
    /// To be done before a policy relies on it.
    /// </summary>
    /// <exception cref="RemoteQueryException">The server could not be asked.</exception>
    public Task<ProbeReport> ProbeAsync(IEnumerable<PromQLExpression> expressions, CancellationToken cancellationToken) =>
        new ServerProbe(this, time.GetUtcNow().ToUnixTimeMilliseconds()).RunAsync(UsedFeatures.Of(expressions), cancellationToken);

    /// <summary>Asks for the value of a text that need not be an expression of ours.</summary>
    internal async Task<QueryValue> AskAsync(string query, long at, CancellationToken cancellationToken)
    {
        var answer = await QueryAsync("query", at, [new("query", query), new("time", Seconds(at))], default, cancellationToken).ConfigureAwait(false);
        return answer.Value;
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static string Seconds(long milliseconds) => (milliseconds / 1000m).ToString(CultureInfo.InvariantCulture);

    private static List<KeyValuePair<string, string>> Parameters(SeriesSelection selection)
    {
        var parameters = new List<KeyValuePair<string, string>>();
        foreach (var matchers in selection.Selectors)
        {
            parameters.Add(new("match[]", SelectorText.Format(matchers)));
        }

        Add("start", selection.Start is { } start ? Seconds(start) : null);
        Add("end", selection.End is { } end ? Seconds(end) : null);
        Add("limit", selection.Limit > 0 ? selection.Limit.ToString(CultureInfo.InvariantCulture) : null);
        return parameters;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                parameters.Add(new(name, value));
            }
        }
    }

    private static Answer<T> Answered<T>(T value, AnswerEnvelope answer) => new(value, answer.Warnings, answer.Infos);

    private async Task<Answer<QueryValue>> QueryAsync(
        string path, long at, List<KeyValuePair<string, string>> parameters, QueryOptions options, CancellationToken cancellationToken)
    {
        var timeout = options.Timeout is { } wanted && wanted < remote.Timeout ? wanted : remote.Timeout;
        parameters.Add(new("timeout", DurationText.Format((long)timeout.TotalMilliseconds)));
        if (options.Lookback is { } lookback)
        {
            parameters.Add(new("lookback_delta", DurationText.Format((long)lookback.TotalMilliseconds)));
        }

        var (data, answer) = await _client.AskAsync(path, parameters, asForm: true, () => new QueryData(at), timeout, cancellationToken).ConfigureAwait(false);
        return Answered(Build(data), answer);
    }

    private QueryValue Build(QueryData data)
    {
        try
        {
            return data.Build();
        }
        catch (AnswerFormatException e)
        {
            throw new RemoteFailedException($"{remote.Url} gave an answer that cannot be used: {e.Message}", 200, inner: e);
        }
    }

    private Task<(T Data, AnswerEnvelope Answer)> AskAsync<T>(
        string path, List<KeyValuePair<string, string>> parameters, bool asForm, Func<T> data, CancellationToken cancellationToken)
        where T : AnswerData => _client.AskAsync(path, parameters, asForm, data, remote.Timeout, cancellationToken);
}
