namespace SriovPulse.Controller.Tests.PrometheusApi;

/// <summary>The API's JSON to the letter.</summary>
public sealed class ApiTests
{
    [Theory]
    [InlineData("query?query=bytes_total", """{"status":"success","data":{"resultType":"vector","result":[{"metric":{"__name__":"bytes_total","vf":"0"},"value":[100,"70.5"]},{"metric":{"__name__":"bytes_total","vf":"1"},"value":[100,"NaN"]}]}}""")]
    [InlineData("query?query=speed&time=1970-01-01T00:01:40.25Z", """{"status":"success","data":{"resultType":"vector","result":[{"metric":{"__name__":"speed","pf":"e"},"value":[100.250,"+Inf"]}]}}""")]
    [InlineData("query?query=1e-7*vector(1)&time=5", """{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[5,"1e-07"]}]}}""")]
    [InlineData("query?query=-1e21&time=-0.5", """{"status":"success","data":{"resultType":"scalar","result":[-0.500,"-1e+21"]}}""")]
    [InlineData("query?query=123456789012345678901&time=0", """{"status":"success","data":{"resultType":"scalar","result":[0,"123456789012345680000"]}}""")]
    [InlineData("query?query=\"a%26b\"&time=1", """{"status":"success","data":{"resultType":"string","result":[1,"a&b"]}}""")]
    [InlineData("query?query=bytes_total{vf=\"0\"}[2m]&time=100", """{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"__name__":"bytes_total","vf":"0"},"values":[[40,"10"],[100,"70.5"]]}]}}""")]
    [InlineData("query?query=no_such_metric", """{"status":"success","data":{"resultType":"vector","result":[]}}""")]
    [InlineData("query?query=bytes_total&time=100&limit=1", """{"status":"success","data":{"resultType":"vector","result":[{"metric":{"__name__":"bytes_total","vf":"0"},"value":[100,"70.5"]}]},"warnings":["results truncated due to limit"]}""")]
    [InlineData("query?query=bytes_total{vf=\"0\"}&time=130&lookback_delta=20s", """{"status":"success","data":{"resultType":"vector","result":[]}}""")]
    [InlineData("query_range?query=bytes_total{vf=\"0\"}&start=40&end=100&step=1m", """{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"__name__":"bytes_total","vf":"0"},"values":[[40,"10"],[100,"70.5"]]}]}}""")]
    [InlineData("query_range?query=1&start=0&end=1&step=0.5", """{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[0,"1"],[0.500,"1"],[1,"1"]]}]}}""")]
    [InlineData("series?match[]=speed&match[]=bytes_total{vf=\"1\"}", """{"status":"success","data":[{"__name__":"speed","pf":"e"},{"__name__":"bytes_total","vf":"1"}]}""")]
    [InlineData("labels", """{"status":"success","data":["__name__","pf","vf"]}""")]
    [InlineData("labels?match[]=speed", """{"status":"success","data":["__name__","pf"]}""")]
    [InlineData("label/vf/values", """{"status":"success","data":["0","1"]}""")]
    [InlineData("label/__name__/values?limit=1", """{"status":"success","data":["bytes_total"],"warnings":["results truncated due to limit"]}""")]
    public async Task Answers_are_Prometheus_to_the_letter(string path, string expected)
    {
        await using var server = await ApiServer.StartAsync();

        var (status, body) = await server.GetAsync(path);

        Assert.Equal(expected, body);
        Assert.Equal(200, status);
    }

    [Theory]
    [InlineData("query?query=", 400, "bad_data", "invalid parameter \"query\": 1:1: parse error: ")]
    [InlineData("query?query=up)&time=1", 400, "bad_data", "invalid parameter \"query\": 1:3: parse error: ")]
    [InlineData("query?query=up&time=yesterday", 400, "bad_data", "invalid parameter \"time\": cannot parse \"yesterday\" to a valid timestamp")]
    [InlineData("query?query=up&timeout=x", 400, "bad_data", "invalid parameter \"timeout\": cannot parse \"x\" to a valid duration")]
    [InlineData("query?query=up&limit=-1", 400, "bad_data", "invalid parameter \"limit\": limit must be non-negative")]
    [InlineData("query?query=bytes_total%2Bon()bytes_total", 422, "execution", "found duplicate series for the match group")]
    [InlineData("query_range?query=up&start=10&end=5&step=1", 400, "bad_data", "invalid parameter \"end\": end timestamp must not be before start time")]
    [InlineData("query_range?query=up&start=1&end=5&step=0", 400, "bad_data", "invalid parameter \"step\": zero or negative query resolution step widths are not accepted. Try a positive integer")]
    [InlineData("query_range?query=up&start=0&end=11000&step=1", 400, "bad_data", "exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)")]
    [InlineData("query_range?query=up[5m]&start=0&end=1&step=1", 400, "bad_data", "invalid parameter \"query\": invalid expression type \"range vector\" for range query, must be Scalar or instant Vector")]
    [InlineData("query_range?query=up&end=1&step=1", 400, "bad_data", "invalid parameter \"start\": cannot parse \"\" to a valid timestamp")]
    [InlineData("series", 400, "bad_data", "no match[] parameter provided")]
    [InlineData("series?match[]=up{", 400, "bad_data", "invalid parameter \"match[]\": ")]
    [InlineData("label/1x/values", 400, "bad_data", "invalid label name: \\\"1x\\\"")]
    public async Task Errors_have_Prometheus_types_and_status_codes(string path, int status, string type, string words)
    {
        await using var server = await ApiServer.StartAsync();

        var answer = await server.GetAsync(path);

        Assert.Equal(status, answer.Status);
        Assert.StartsWith($$"""{"status":"error","errorType":"{{type}}","error":"{{words.Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\\\\\"", "\\\"", StringComparison.Ordinal)}}""", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_point_limit_is_Prometheus()
    {
        await using var server = await ApiServer.StartAsync();

        Assert.Equal(200, (await server.GetAsync("query_range?query=up&start=0&end=10999&step=1")).Status);
    }

    [Fact]
    public async Task A_form_wins_over_the_address()
    {
        await using var server = await ApiServer.StartAsync();

        var answer = await server.PostAsync("query?query=1&time=7", new KeyValuePair<string, string>("query", "2"));

        Assert.Equal("""{"status":"success","data":{"resultType":"scalar","result":[7,"2"]}}""", answer.Body);
    }

    [Fact]
    public async Task Metadata_and_build_are_told()
    {
        await using var server = await ApiServer.StartAsync();

        Assert.StartsWith("""{"status":"success","data":{""", (await server.GetAsync("metadata?limit=1")).Body, StringComparison.Ordinal);
        Assert.StartsWith("""{"status":"success","data":{"version":"3.5.0","revision":""", (await server.GetAsync("status/buildinfo")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        await using var server = await ApiServer.StartAsync();

        var answer = await server.PostAsync("query", new KeyValuePair<string, string>("query", new string('1', 20_000)));

        Assert.Equal(413, answer.Status);
        Assert.Contains("\"errorType\":\"bad_data\"", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_timeout_of_a_request_ends_it()
    {
        await using var server = await ApiServer.StartAsync(new FailingSource(new SriovPulse.PromQL.Evaluation.QueryTimeoutException("query timed out after 1 s", default)));

        var answer = await server.GetAsync("query?query=up&timeout=1s");

        Assert.Equal((503, """{"status":"error","errorType":"timeout","error":"query timed out after 1 s"}"""), answer);
    }

    [Fact]
    public async Task A_server_behind_that_cannot_be_reached_is_told()
    {
        await using var server = await ApiServer.StartAsync(new FailingSource(new Metrics.Querying.Remote.RemoteUnreachableException("http://x cannot be reached")));

        Assert.Equal((503, """{"status":"error","errorType":"unavailable","error":"http://x cannot be reached"}"""), await server.GetAsync("query?query=up"));
    }

    [Fact]
    public async Task What_nobody_foresaw_is_an_internal_error_in_Prometheus_form()
    {
        await using var server = await ApiServer.StartAsync(new FailingSource(new InvalidOperationException("a secret")));

        var (status, body) = await server.GetAsync("query?query=up");

        Assert.Equal(500, status);
        Assert.StartsWith("{\"status\":\"error\",\"errorType\":\"internal\",\"error\":", body, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_remote_source_reads_what_the_api_writes()
    {
        await using var server = await ApiServer.StartAsync();
        using var source = new Metrics.Querying.Remote.RemoteQueries(new Metrics.Querying.Remote.RemoteOptions { Url = server.Url }, TimeProvider.System, new Random(1));

        var answer = await source.InstantAsync(SriovPulse.PromQL.PromQLExpression.Parse("sum(bytes_total{vf=\"0\"})"), 100_000, default, CancellationToken.None);

        Assert.Equal(70.5, Assert.Single(Assert.IsType<SriovPulse.PromQL.Evaluation.VectorValue>(answer.Value).Samples).Value);
        Assert.Equal(["0", "1"], (await source.LabelValuesAsync("vf", Metrics.Querying.SeriesSelection.All, CancellationToken.None)).Value);
        Assert.Equal(3, (await source.SeriesAsync(Metrics.Querying.SeriesSelection.All, CancellationToken.None)).Value.Count);
        Assert.Contains((await source.MetadataAsync(null, CancellationToken.None)).Value.Concat([new("none", default, "", "")]), known => known.Family.Length > 0);
        Assert.Equal("SriovPulse", (await source.BuildInformationAsync(CancellationToken.None)).Application);
    }
}
