using SriovPulse.Metrics.Querying;
using SriovPulse.PromQL;
using SriovPulse.Testing;
using static SriovPulse.Testing.LoopbackServer;

namespace SriovPulse.Metrics.Tests.Querying;

public sealed class ProbeTests
{
    private const string Build = """{"status":"success","data":{"version":"2.42.0"}}""";
    private const string Empty = """{"status":"success","data":{"resultType":"vector","result":[]}}""";

    [Fact]
    public async Task Only_what_the_expressions_use_is_probed()
    {
        await using var server = new LoopbackServer(Like(static _ => Empty));
        using var source = RemoteQueriesTests.Source(server.Url);

        var report = await source.ProbeAsync([PromQLExpression.Parse("sum(up) > 1")], CancellationToken.None);

        Assert.Empty(report.Differences);
        Assert.Equal(new BuildInformation("2.42.0", "", ""), report.Build);
        Assert.Equal(["sum(sriovpulse_probe_selects_nothing)"], server.Requests.Skip(1).Select(Query));
    }

    [Fact]
    public async Task Closed_ranges_of_version_2_are_told()
    {
        await using var server = new LoopbackServer(Like(static query => query == "count_over_time(vector(1)[1m:10s])"
            ? Value(7)
            : query.Contains("default", StringComparison.Ordinal) ? null : Empty));
        using var source = RemoteQueriesTests.Source(server.Url);

        var report = await source.ProbeAsync([PromQLExpression.Parse("rate(x[5m])")], CancellationToken.None);

        Assert.Contains("closed at both ends", Assert.Single(report.Differences), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(11, 0)]
    [InlineData(42, 1)]
    public async Task Another_default_step_of_subqueries_is_told(int steps, int differences)
    {
        await using var server = new LoopbackServer(Like(query => query.StartsWith("count_over_time(vector", StringComparison.Ordinal)
            ? Value(query.Contains("10m30s", StringComparison.Ordinal) ? steps : 6)
            : Empty));
        using var source = RemoteQueriesTests.Source(server.Url);

        var report = await source.ProbeAsync([PromQLExpression.Parse("max_over_time(x[1h:])")], CancellationToken.None);

        Assert.Equal(differences, report.Differences.Count(static difference => difference.Contains("another step", StringComparison.Ordinal)));
        Assert.Equal(differences, report.Differences.Count);
    }

    [Fact]
    public async Task Refused_features_are_told_in_the_servers_words()
    {
        await using var server = new LoopbackServer(Like(static _ => null));
        using var source = RemoteQueriesTests.Source(server.Url);

        var report = await source.ProbeAsync([PromQLExpression.Parse("histogram_fraction(0, 1, x @ start()) + (y offset -1m) + (z @ 7)")], CancellationToken.None);

        Assert.Equal(
            ["the function histogram_fraction", "the @ modifier", "@ start() and @ end()", "an offset into the future"],
            report.Differences.Select(difference => difference[..difference.IndexOf(" is refused", StringComparison.Ordinal)]));
        Assert.All(report.Differences, difference => Assert.Contains("not here", difference, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Metrics_ql_is_told()
    {
        await using var server = new LoopbackServer(Like(static query => query.StartsWith("count", StringComparison.Ordinal)
            ? Value(6)
            : Empty));
        using var source = RemoteQueriesTests.Source(server.Url);

        var report = await source.ProbeAsync([PromQLExpression.Parse("increase(x[5m])")], CancellationToken.None);

        Assert.Contains("MetricsQL", Assert.Single(report.Differences), StringComparison.Ordinal);
    }

    private static string Value(int value) => $$$"""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[60,"{{{value}}}"]}]}}""";

    private static Func<string, string?> Like(Func<string, string?> answer) => request =>
        request.StartsWith("GET /api/v1/status/buildinfo", StringComparison.Ordinal) ? Answer(200, Build)
        : answer(Query(request)) is { } body ? Answer(200, body)
        : Answer(400, """{"status":"error","errorType":"bad_data","error":"not here"}""");

    private static string Query(string request)
    {
        var form = request[(request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        return System.Net.WebUtility.UrlDecode(form.Split('&')[0]["query=".Length..]);
    }
}
