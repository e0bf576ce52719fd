using System.Net;
using System.Net.Sockets;
using SriovPulse.Metrics.Querying.Remote;
using SriovPulse.PromQL;
using SriovPulse.PromQL.Evaluation;
using static SriovPulse.Testing.LoopbackServer;

namespace SriovPulse.Metrics.Tests.Querying;

/// <summary>What goes wrong with servers: who is to blame, what is tried again, and that the server's own words arrive.</summary>
public sealed class RemoteFailureTests
{
    private const string Success = """{"status":"success","data":{"resultType":"scalar","result":[1,"2"]}}""";

    [Theory]
    [InlineData(400, "bad_data", "parse error: no")]
    [InlineData(422, "execution", "many-to-many")]
    [InlineData(401, "unauthorized", "who are you")]
    public async Task A_refusal_is_the_callers_and_not_tried_again(int status, string type, string words)
    {
        await using var server = InTurn(Answer(status, $$"""{"status":"error","errorType":"{{type}}","error":"{{words}}"}"""));

        var failure = await Assert.ThrowsAsync<RemoteRefusedException>(() => AskAsync(server.Url));

        Assert.Equal((status, type), (failure.Status, failure.ErrorType));
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(429, "Retry-After: 0\r\n")]
    [InlineData(502, "")]
    [InlineData(503, "Retry-After: 1\r\n")]
    [InlineData(504, "")]
    public async Task An_overloaded_server_is_asked_again(int status, string headers)
    {
        await using var server = InTurn(Answer(status, "come later", headers), Answer(200, Success));

        Assert.Equal(2, Assert.IsType<ScalarValue>(await AskAsync(server.Url)).Value);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task It_is_given_up_after_some_attempts_with_the_servers_words()
    {
        await using var server = InTurn(Answer(503, "<html>the\n backend is down</html>", "Content-Type: text/html\r\n"));

        var failure = await Assert.ThrowsAsync<RemoteFailedException>(() => AskAsync(server.Url));

        Assert.Contains("503: <html>the backend is down</html>", failure.Message, StringComparison.Ordinal);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task A_server_that_wants_a_long_rest_is_given_up_at_once()
    {
        await using var server = InTurn(Answer(429, "slow down", "Retry-After: 3600\r\n"));

        await Assert.ThrowsAsync<RemoteFailedException>(() => AskAsync(server.Url));

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_query_that_was_too_slow_is_not_tried_again()
    {
        await using var server = InTurn(Answer(503, """{"status":"error","errorType":"timeout","error":"query timed out in expression evaluation"}"""));

        var failure = await Assert.ThrowsAsync<RemoteFailedException>(() => AskAsync(server.Url));

        Assert.Equal("timeout", failure.ErrorType);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_broken_connection_is_the_networks_and_tried_again()
    {
        await using var server = InTurn(Answer(200, Success)[..^10], Answer(200, Success));

        Assert.IsType<ScalarValue>(await AskAsync(server.Url));
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_half_answer_is_never_taken_for_a_whole_one()
    {
        var half = """{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"1"]},""";
        await using var server = InTurn($"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{half}");

        await Assert.ThrowsAsync<RemoteUnreachableException>(() => AskAsync(server.Url));

        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task A_silent_server_is_left_after_the_timeout_and_not_tried_again()
    {
        await using var server = InTurn((string?)null);

        var failure = await Assert.ThrowsAsync<RemoteUnreachableException>(() => AskAsync(server.Url, options => options with { Timeout = TimeSpan.FromMilliseconds(200) }));

        Assert.Contains("0.2 s", failure.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Nobody_there_is_the_networks()
    {
        using var reserved = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        reserved.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        var failure = await Assert.ThrowsAsync<RemoteUnreachableException>(() => AskAsync(new Uri($"http://{reserved.LocalEndPoint}")));

        Assert.Contains("refused", failure.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("<html>welcome</html>", "welcome")]
    [InlineData("[]", "without /api/v1")]
    [InlineData("""{"status":"success"}""", "without /api/v1")]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,2]}]}}""", "a number as a string")]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":["1","2"]}]}}""", "a time in seconds")]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{"a":1},"value":[1,"2"]}]}}""", "a string")]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[3]}}""", "a series")]
    [InlineData("""{"status":"success","data":{"resultType":"table","result":[]}}""", "table")]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{"a":"b"},"histogram":[1,{}]}]}}""", "native histogram")]
    public async Task Nonsense_is_the_servers_and_told(string body, string words)
    {
        await using var server = InTurn(Answer(200, body));

        var failure = await Assert.ThrowsAsync<RemoteFailedException>(() => AskAsync(server.Url));

        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task An_answer_that_is_too_large_is_not_read_to_its_end()
    {
        await using var server = InTurn(Answer(200, $$$"""{"status":"success","x":"{{{new string('x', 100_000)}}}","data":{"resultType":"scalar","result":[1,"2"]}}"""));

        var failure = await Assert.ThrowsAsync<RemoteFailedException>(() => AskAsync(server.Url, static options => options with { AnswerLimit = 50_000 }));

        Assert.Contains("50000 bytes", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_wrong_address_is_told()
    {
        await using var server = InTurn(Answer(404, "404 page not found\n", "Content-Type: text/plain\r\n"));

        var failure = await Assert.ThrowsAsync<RemoteRefusedException>(() => AskAsync(server.Url));

        Assert.Contains("404 page not found: is this the address of the API", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_is_told_instead_of_followed()
    {
        await using var server = InTurn(Answer(302, "", "Location: https://login.example/\r\n"));

        Assert.Contains("https://login.example/", (await Assert.ThrowsAsync<RemoteRefusedException>(() => AskAsync(server.Url))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_caller_may_stop_waiting()
    {
        await using var server = InTurn((string?)null);
        using var source = RemoteQueriesTests.Source(server.Url);
        using var stop = new CancellationTokenSource(100);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => source.InstantAsync(PromQLExpression.Parse("1"), 0, default, stop.Token));
    }

    [Fact]
    public void Waits_grow_to_the_longest_and_never_fall_short_of_what_was_asked()
    {
        var waits = new RetryWaits(new Random(3), TimeSpan.FromSeconds(2));

        Assert.InRange(waits.After(1, null)!.Value.TotalMilliseconds, 125, 250);
        Assert.InRange(waits.After(3, null)!.Value.TotalMilliseconds, 500, 1000);
        Assert.InRange(waits.After(50, null)!.Value.TotalMilliseconds, 1000, 2000);
        Assert.Equal(TimeSpan.FromSeconds(2), waits.After(1, TimeSpan.FromSeconds(2)));
        Assert.Null(waits.After(1, TimeSpan.FromSeconds(3)));
    }

    private static async Task<QueryValue> AskAsync(Uri url, Func<RemoteOptions, RemoteOptions>? change = null)
    {
        using var source = RemoteQueriesTests.Source(url, change);
        return (await source.InstantAsync(PromQLExpression.Parse("vector(1)"), 1000, default, CancellationToken.None)).Value;
    }
}
