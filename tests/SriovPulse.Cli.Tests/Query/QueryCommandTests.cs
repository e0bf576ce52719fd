using SriovPulse.Testing;

namespace SriovPulse.Cli.Tests.Query;

public sealed class QueryCommandTests : IDisposable
{
    private const string Data = """
        # TYPE a counter
        a_total{pf="p",vf="0"} 1 100
        a_total{pf="p",vf="0"} 5 130
        a_total{pf="p",vf="1"} 10 100
        a_total{pf="p",vf="1"} 10 130
        # EOF

        """;

    private readonly string _file = Path.GetTempFileName();

    public QueryCommandTests() => File.WriteAllText(_file, Data);

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task A_vector_is_a_table_at_the_newest_samples_time()
    {
        var (exitCode, output, error) = await Shell.RunAsync("query", "--data", _file, "a_total");

        Assert.Equal("METRIC   pf  vf  VALUE\na_total  p   0       5\na_total  p   1      10\n", output);
        Assert.Equal((0, ""), (exitCode, error));
    }

    [Fact]
    public async Task The_json_is_the_apis()
    {
        var (_, output, _) = await Shell.RunAsync("query", "--data", _file, "--time", "1970-01-01T00:01:40Z", "-o", "json", "a_total{vf=\"0\"}");

        Assert.Equal("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{"__name__":"a_total","pf":"p","vf":"0"},"value":[100,"1"]}]}}""", output);
    }

    [Fact]
    public async Task A_range_is_a_block_per_series()
    {
        var (_, output, _) = await Shell.RunAsync("query", "--data", _file, "--start", "100", "--end", "130", "--step", "30s", "sum(a_total)");

        Assert.Equal("{}\n  1970-01-01T00:01:40.000Z  11\n  1970-01-01T00:02:10.000Z  15\n", output);
    }

    [Fact]
    public async Task Explain_tells_where_a_result_is_lost()
    {
        var (exitCode, output, _) = await Shell.RunAsync("query", "--data", _file, "--explain", "sum by (pf) (a_total > 100)");

        Assert.Equal(
            """
            sum by (pf) (a_total > 100)
              = instant vector, 0 series
                a_total > 100
                  = instant vector, 0 series
                    a_total
                      = instant vector, 2 series
                        a_total{pf="p", vf="0"}
                        a_total{pf="p", vf="1"}
                    100
                      = scalar 100

            """,
            output);
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task A_bad_expression_is_shown_with_carets_under_each_mistake()
    {
        var (exitCode, output, error) = await Shell.RunAsync("query", "--data", _file, "rte(a_total[5m]) +\n  foo{b=~\"(\"}");

        Assert.Equal((1, ""), (exitCode, output));
        Assert.Contains("1:1: unknown function with name \"rte\"\n  rte(a_total[5m]) +\n  ^^^\n", error, StringComparison.Ordinal);
        Assert.Contains("\n    foo{b=~\"(\"}\n         ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_evaluation_is_shown_at_its_place()
    {
        var (exitCode, _, error) = await Shell.RunAsync("query", "--data", _file, "1 + (a_total * on (pf) a_total)");

        Assert.Equal(1, exitCode);
        Assert.Contains("found duplicate series", error, StringComparison.Ordinal);
        Assert.Contains("\n  1 + (a_total * on (pf) a_total)\n       ^", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("give one of --data FILE and --url URL", "up")]
    [InlineData("give one of --data FILE and --url URL", "--data", "f", "--url", "http://x", "up")]
    [InlineData("--explain works with --data only", "--url", "http://x", "--explain", "up")]
    [InlineData("a range query needs all of --start, --end and --step", "--data", "f", "--start", "1", "up")]
    [InlineData("--step must be more than 0", "--data", "f", "--start", "1", "--end", "2", "--step", "0", "up")]
    [InlineData("--time noon: expected seconds since 1970", "--data", "f", "--time", "noon", "up")]
    [InlineData("--url ftp://x: expected an address", "--url", "ftp://x", "up")]
    [InlineData("unknown flag --dat", "--dat", "f", "up")]
    [InlineData("--probe asks a server", "--data", "f", "--probe", "up")]
    public async Task Wrong_usage_is_told(string words, params string[] arguments)
    {
        var (exitCode, output, error) = await Shell.RunAsync(["query", .. arguments]);

        Assert.Equal((2, ""), (exitCode, output));
        Assert.Contains(words, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_file_is_told_with_its_place()
    {
        await File.WriteAllTextAsync(_file, "# TYPE a gauge\na 1\n# EOF\n");

        var (exitCode, _, error) = await Shell.RunAsync("query", "--data", _file, "a");

        Assert.Equal(1, exitCode);
        Assert.StartsWith($"sriovpulse: {_file}:2:", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_is_asked()
    {
        await using var server = LoopbackServer.InTurn(LoopbackServer.Answer(
            200, """{"status":"success","data":{"resultType":"vector","result":[{"metric":{"a":"b"},"value":[5,"7"]}]},"warnings":["one shard is missing"]}"""));

        var (exitCode, output, error) = await Shell.RunAsync("query", "--url", server.Url.ToString(), "--header", "X-Scope-OrgID: me", "--time", "5", "up");

        Assert.Equal((0, "a  VALUE\nb      7\n", "sriovpulse: one shard is missing\n"), (exitCode, output, error));
        Assert.Contains("\r\nX-Scope-OrgID: me\r\n", Assert.Single(server.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_servers_refusal_is_told_in_its_words()
    {
        await using var server = LoopbackServer.InTurn(LoopbackServer.Answer(422, """{"status":"error","errorType":"execution","error":"too many samples"}"""));

        var (exitCode, _, error) = await Shell.RunAsync("query", "--url", server.Url.ToString(), "up");

        Assert.Equal(1, exitCode);
        Assert.EndsWith("answers 422 execution: too many samples\n", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_servers_differences_are_told()
    {
        await using var server = new LoopbackServer(request => request.StartsWith("GET", StringComparison.Ordinal)
            ? LoopbackServer.Answer(200, """{"status":"success","data":{"version":"2.1.0"}}""")
            : LoopbackServer.Answer(400, """{"status":"error","errorType":"bad_data","error":"unknown function"}"""));

        var (exitCode, output, _) = await Shell.RunAsync("query", "--url", server.Url.ToString(), "--probe", "absent(up)");

        Assert.Equal(1, exitCode);
        Assert.StartsWith("the server says it is version 2.1.0\n- the function absent is refused: ", output, StringComparison.Ordinal);
    }
}
