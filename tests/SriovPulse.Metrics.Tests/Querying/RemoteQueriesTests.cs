using SriovPulse.Metrics.Ingest;
using SriovPulse.Metrics.Querying;
using SriovPulse.Metrics.Querying.Remote;
using SriovPulse.Metrics.Scraping.Configuration;
using SriovPulse.PromQL;
using SriovPulse.PromQL.Evaluation;
using SriovPulse.PromQL.Series;
using SriovPulse.Testing;
using static SriovPulse.Testing.LoopbackServer;

namespace SriovPulse.Metrics.Tests.Querying;

public sealed class RemoteQueriesTests
{
    private const string Vector = """{"status":"success","data":{"resultType":"vector","result":[{"metric":{"__name__":"up","job":"a"},"value":[1435781451.781,"1"]}]}}""";

    private static readonly PromQLExpression s_up = PromQLExpression.Parse("up");

    [Fact]
    public async Task A_vector_is_read()
    {
        await using var server = InTurn(Answer(200, Vector));
        using var source = Source(server.Url);

        var answer = await source.InstantAsync(s_up, 1_435_781_451_781, default, CancellationToken.None);

        var vector = Assert.IsType<VectorValue>(answer.Value);
        Assert.Equal(1_435_781_451_781, vector.Timestamp);
        Assert.Equal([new VectorSample(Labels.Create(new Label("__name__", "up"), new Label("job", "a")), 1)], vector.Samples);
    }

    [Fact]
    public async Task A_matrix_is_read_with_values_that_are_no_numbers()
    {
        const string Body = """{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[1,"NaN"],[2.5,"+Inf"],[3,"-Inf"],[4,"1e-07"]]}]},"warnings":["part of it is missing"],"infos":["metric might not be a counter"]}""";
        await using var server = InTurn(Answer(200, Body));
        using var source = Source(server.Url);

        var answer = await source.RangeAsync(s_up, new TimeRange(1000, 4000, 500), default, CancellationToken.None);

        var series = Assert.Single(Assert.IsType<MatrixValue>(answer.Value).Series);
        Assert.Equal([new(1000, double.NaN), new(2500, double.PositiveInfinity), new(3000, double.NegativeInfinity), new(4000, 1e-7)], series.Samples);
        Assert.Equal(["part of it is missing"], answer.Warnings);
        Assert.Equal(["metric might not be a counter"], answer.Infos);
    }

    [Theory]
    [InlineData("""{"status":"success","data":{"resultType":"scalar","result":[1.5,"2"]}}""", typeof(ScalarValue))]
    [InlineData("""{"status":"success","data":{"resultType":"string","result":[1.5,"x"]}}""", typeof(StringValue))]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[]}}""", typeof(VectorValue))]
    [InlineData("""{"unknown":{"a":[1]},"status":"success","data":{"resultType":"matrix","result":null,"stats":{}}}""", typeof(MatrixValue))]
    public async Task All_kinds_of_values_are_read(string body, Type expected)
    {
        await using var server = InTurn(Answer(200, body));
        using var source = Source(server.Url);

        Assert.IsType(expected, (await source.InstantAsync(s_up, 1500, default, CancellationToken.None)).Value);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    public async Task An_answer_may_come_in_parts_of_any_size(int size)
    {
        var rows = Enumerable.Range(0, 50).Select(i => $$$"""{"metric":{"name":"a\"\u00e9{{{i}}}"},"values":[[{{{i}}},"{{{i}}}"],[{{{i}}}.5,"1e{{{i}}}"]]}""");
        var body = $$$"""{"status":"success","data":{"resultType":"matrix","result":[{{{string.Join(',', rows)}}}]},"warnings":["é"]}""";
        using var source = new RemoteQueries(new RemoteOptions { Url = new Uri("http://test") }, TimeProvider.System, new Random(1), new PartialAnswers(body, size));

        var answer = await source.InstantAsync(s_up, 0, default, CancellationToken.None);

        var series = Assert.IsType<MatrixValue>(answer.Value).Series;
        Assert.Equal(50, series.Count);
        Assert.Equal("a\"é49", series[49].Labels.Get("name"));
        Assert.Equal([new(49_000, 49), new(49_500, 1e49)], series[49].Samples);
        Assert.Equal(["é"], answer.Warnings);
    }

    [Fact]
    public async Task A_query_is_a_form_with_the_given_headers()
    {
        await using var server = InTurn(Answer(200, Vector));
        var options = new RemoteOptions
        {
            Url = new Uri(server.Url, "/prometheus/"),
            Timeout = TimeSpan.FromSeconds(20),
            Headers = new Dictionary<string, string> { ["X-Scope-OrgID"] = "fleet" },
            Credentials = new ScrapeCredentials { Scheme = "Basic", Username = "u", Secret = "p" },
        };
        using var source = new RemoteQueries(options, TimeProvider.System, new Random(1));

        await source.InstantAsync(PromQLExpression.Parse("up + 1"), 1500, new QueryOptions(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1)), CancellationToken.None);

        var request = Assert.Single(server.Requests);
        Assert.StartsWith("POST /prometheus/api/v1/query HTTP/1.1\r\n", request, StringComparison.Ordinal);
        Assert.Contains("X-Scope-OrgID: fleet\r\n", request, StringComparison.Ordinal);
        Assert.Contains("Authorization: Basic dTpw\r\n", request, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\nquery=up+%2B+1&time=1.5&timeout=5s&lookback_delta=1m", request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Series_names_values_and_metadata_are_read()
    {
        await using var server = new LoopbackServer(request => Answer(200, request.Split(' ')[1].Split('?')[0] switch
        {
            "/api/v1/series" => """{"status":"success","data":[{"__name__":"up","job":"a"}]}""",
            "/api/v1/labels" => """{"status":"success","data":["__name__","job"]}""",
            "/api/v1/label/job/values" => """{"status":"success","data":["a"]}""",
            "/api/v1/metadata" => """{"status":"success","data":{"up":[{"type":"gauge","help":"h","unit":""},{"type":"strange","help":"","unit":"s"}]}}""",
            _ => """{"status":"success","data":{"version":"3.5.0","revision":"abc","goVersion":"go1"}}""",
        }));
        using var source = Source(server.Url);
        var selection = new SeriesSelection { Selectors = [SelectorText.Parse("up{job=~\"a|b\"}")], Start = 1000, Limit = 7 };

        Assert.Equal("up{job=\"a\"}", Assert.Single((await source.SeriesAsync(selection, CancellationToken.None)).Value).ToString());
        Assert.Equal(["__name__", "job"], (await source.LabelNamesAsync(SeriesSelection.All, CancellationToken.None)).Value);
        Assert.Equal(["a"], (await source.LabelValuesAsync("job", SeriesSelection.All, CancellationToken.None)).Value);
        var metadata = (await source.MetadataAsync("up", CancellationToken.None)).Value;
        Assert.Equal([("up", MetricKind.Gauge, "h", ""), ("up", MetricKind.Unknown, "", "s")], metadata.Select(known => (known.Family, known.Kind, known.Help, known.Unit)));
        Assert.Equal(new BuildInformation("3.5.0", "abc", ""), await source.BuildInformationAsync(CancellationToken.None));
        Assert.EndsWith($"match%5B%5D={Uri.EscapeDataString("{__name__=\"up\",job=~\"a|b\"}")}&start=1&limit=7", server.Requests[0].Replace("%2C+", "%2C", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    internal static RemoteQueries Source(Uri url, Func<RemoteOptions, RemoteOptions>? change = null) =>
        new((change ?? (static options => options))(new RemoteOptions { Url = url, LongestWait = TimeSpan.FromMilliseconds(1500) }), TimeProvider.System, new Random(1));
}
