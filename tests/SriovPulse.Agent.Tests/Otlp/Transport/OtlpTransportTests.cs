using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using SriovPulse.Agent.Otlp;
using SriovPulse.Agent.Otlp.Transport;

namespace SriovPulse.Agent.Tests.Otlp.Transport;

/// <summary>Both transports against a real server: what they send, and what they make of its answers.</summary>
public sealed class OtlpTransportTests
{
    private readonly ExampleMetrics _metrics = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

        [Theory]
    [InlineData(false, "none")]
    [InlineData(false, "gzip")]
    [InlineData(true, "none")]
    [InlineData(true, "gzip")]
    public async Task Request_arrives_whole_with_its_headers(bool grpc, string compression)
    {
        await using var server = await OtlpServer.StartAsync(grpc);
        var configuration = OtlpSettings.For(server.Address, grpc) with
        {
            Compression = OtlpText.ParseCompression(compression, "test"),
            Headers = [new("authorization", "Bearer s3cret"), new("x-scope-orgid", "a b")],
        };
        using var transport = OtlpTransports.Create(configuration, "sriovpulse-agent/1.2.3", _clock);

        // Twice: the second goes over the kept connection, from reused memory.
        Assert.Equal(OtlpVerdict.Accepted, (await SendAsync(transport, 3000)).Verdict);
        await server.NextAsync();
        Assert.Equal(OtlpVerdict.Accepted, (await SendAsync(transport, 5)).Verdict);

        var export = await server.NextAsync();
        Assert.Equal(grpc ? "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export" : "/v1/metrics", export.Path);
        Assert.Equal(grpc ? "HTTP/2" : "HTTP/1.1", export.HttpVersion);
        Assert.Equal("Bearer s3cret", export.Headers["authorization"]);
        Assert.Equal("a b", export.Headers["x-scope-orgid"]);
        Assert.Equal("sriovpulse-agent/1.2.3", export.Headers["user-agent"]);
        Assert.Equal(5, Assert.Single(Decoded.Metrics(export.Request)).Points().Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Large_request_arrives_whole(bool grpc)
    {
        await using var server = await OtlpServer.StartAsync(grpc);
        using var transport = OtlpTransports.Create(OtlpSettings.For(server.Address, grpc), "t", _clock);

        Assert.Equal(OtlpVerdict.Accepted, (await SendAsync(transport, 30_000)).Verdict);

        var export = await server.NextAsync();
        Assert.Equal(30_000, Assert.Single(Decoded.Metrics(export.Request)).Points().Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Partial_success_tells_what_was_rejected(bool grpc)
    {
        await using var server = await OtlpServer.StartAsync(grpc);
        server.Answer(OtlpAnswer.Partial(17, "too old"));
        using var transport = OtlpTransports.Create(OtlpSettings.For(server.Address, grpc), "t", _clock);

        Assert.Equal(new OtlpOutcome(OtlpVerdict.Accepted, "too old", 17), await SendAsync(transport));
    }

    [Theory]
    [InlineData(429, "Retryable")]
    [InlineData(502, "Retryable")]
    [InlineData(503, "Retryable")]
    [InlineData(504, "Retryable")]
    [InlineData(400, "Refused")]
    [InlineData(401, "Refused")]
    [InlineData(404, "Refused")]
    [InlineData(408, "Refused")]
    [InlineData(413, "Refused")]
    [InlineData(500, "Refused")]
    public async Task Http_status_decides(int status, string verdict)
    {
        await using var server = await OtlpServer.StartAsync();
        server.Answer(new OtlpAnswer { HttpStatus = status, Status = OtlpAnswer.StatusOf("because") });
        using var transport = OtlpTransports.Create(OtlpSettings.For(server.Address), "t", _clock);

        var outcome = await SendAsync(transport);

        Assert.Equal(verdict, outcome.Verdict.ToString());
        Assert.StartsWith(status.ToString(CultureInfo.InvariantCulture), outcome.Message, StringComparison.Ordinal);
        Assert.EndsWith(": because", outcome.Message, StringComparison.Ordinal);
        Assert.Null(outcome.RetryAfter);
    }

    [Theory]
    [InlineData("30", 30)]
    [InlineData("Sun, 01 Mar 2026 12:02:00 GMT", 120)]
    [InlineData("Sun, 01 Mar 2026 11:00:00 GMT", 0)]
    public async Task Retry_after_is_seconds_or_a_date(string header, int seconds)
    {
        await using var server = await OtlpServer.StartAsync();
        server.Answer(new OtlpAnswer { HttpStatus = 503, Headers = { ["Retry-After"] = header } });
        using var transport = OtlpTransports.Create(OtlpSettings.For(server.Address), "t", _clock);

        var outcome = await SendAsync(transport);

        Assert.Equal((OtlpVerdict.Retryable, TimeSpan.FromSeconds(seconds)), (outcome.Verdict, outcome.RetryAfter));
    }

    [Fact]
    public async Task Text_of_a_proxy_is_shown_and_cut()
    {
        await using var server = await OtlpServer.StartAsync();
        server.Answer(new OtlpAnswer { HttpStatus = 403, Text = "<html>forbidden " + new string('x', 5000) });
        using var transport = OtlpTransports.Create(OtlpSettings.For(server.Address), "t", _clock);

        var outcome = await SendAsync(transport);

        Assert.Equal(OtlpVerdict.Refused, outcome.Verdict);
        Assert.StartsWith("403 Forbidden: <html>forbidden xxx", outcome.Message, StringComparison.Ordinal);
        Assert.InRange(outcome.Message.Length, 100, 400);
    }

    [Fact]
    public async Task Redirect_is_not_followed_with_the_token_in_hand()
    {
        await using var other = await OtlpServer.StartAsync();
        await using var server = await OtlpServer.StartAsync();
        server.Answer(new OtlpAnswer { HttpStatus = 307, Headers = { ["Location"] = new Uri(other.Address, "v1/metrics").ToString() } });
        using var transport = OtlpTransports.Create(OtlpSettings.For(server.Address) with { Headers = [new("authorization", "s3cret")] }, "t", _clock);

        var outcome = await SendAsync(transport);

        Assert.Equal(OtlpVerdict.Refused, outcome.Verdict);
        Assert.Contains(other.Address.ToString(), outcome.Message, StringComparison.Ordinal);
        Assert.Empty(other.Received);
    }

    // The table of the specification, "OTLP/gRPC Response", "Failures".
    [Theory]
    [InlineData(1, "Retryable")]
    [InlineData(2, "Refused")]
    [InlineData(3, "Refused")]
    [InlineData(4, "Retryable")]
    [InlineData(5, "Refused")]
    [InlineData(6, "Refused")]
    [InlineData(7, "Refused")]
    [InlineData(8, "Refused")]
    [InlineData(9, "Refused")]
    [InlineData(10, "Retryable")]
    [InlineData(11, "Retryable")]
    [InlineData(12, "Refused")]
    [InlineData(13, "Refused")]
    [InlineData(14, "Retryable")]
    [InlineData(15, "Retryable")]
    [InlineData(16, "Refused")]
    public async Task Grpc_status_decides(int status, string verdict)
    {
        await using var server = await OtlpServer.StartAsync(grpc: true);
        server.Answer(new OtlpAnswer { GrpcStatus = status, Status = OtlpAnswer.StatusOf("because"), TrailersOnly = status % 2 == 0 });
        using var transport = OtlpTransports.Create(OtlpSettings.For(server.Address, grpc: true), "t", _clock);

        var outcome = await SendAsync(transport);

        Assert.Equal(verdict, outcome.Verdict.ToString());
        Assert.EndsWith($" ({status}): because", outcome.Message, StringComparison.Ordinal);
        Assert.Null(outcome.RetryAfter);
    }

    [Theory]
    [InlineData(8, 2.5, true)]
    [InlineData(8, 0.0, false)]
    [InlineData(14, 30.0, true)]
    [InlineData(14, 30.0, false)]
    public async Task Retry_info_makes_exhaustion_retryable_and_names_the_delay(int status, double seconds, bool trailersOnly)
    {
        await using var server = await OtlpServer.StartAsync(grpc: true);
        server.Answer(new OtlpAnswer { GrpcStatus = status, Status = OtlpAnswer.StatusOf("busy", TimeSpan.FromSeconds(seconds)), TrailersOnly = trailersOnly });
        using var transport = OtlpTransports.Create(OtlpSettings.For(server.Address, grpc: true), "t", _clock);

        var outcome = await SendAsync(transport);

        Assert.Equal((OtlpVerdict.Retryable, TimeSpan.FromSeconds(seconds)), (outcome.Verdict, outcome.RetryAfter));
    }

    [Theory]
    [InlineData("!!!")]
    [InlineData("CgUB")]
    public async Task Details_that_are_none_are_ignored(string details)
    {
        await using var server = await OtlpServer.StartAsync(grpc: true);
        server.Answer(new OtlpAnswer { GrpcStatus = 14, Details = details });
        using var transport = OtlpTransports.Create(OtlpSettings.For(server.Address, grpc: true), "t", _clock);

        var outcome = await SendAsync(transport);

        Assert.Equal((OtlpVerdict.Retryable, (TimeSpan?)null), (outcome.Verdict, outcome.RetryAfter));
    }

    [Theory]
    [InlineData(503, "Retryable")]
    [InlineData(401, "Refused")]
    public async Task Proxy_before_a_grpc_server_is_understood(int httpStatus, string verdict)
    {
        await using var server = await OtlpServer.StartAsync(grpc: true);
        server.Answer(new OtlpAnswer { HttpStatus = httpStatus });
        using var transport = OtlpTransports.Create(OtlpSettings.For(server.Address, grpc: true), "t", _clock);

        Assert.Equal(verdict, (await SendAsync(transport)).Verdict.ToString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Server_that_hangs_is_left_after_the_timeout(bool grpc)
    {
        await using var server = await OtlpServer.StartAsync(grpc);
        server.Answer(new OtlpAnswer { Hang = true });
        using var transport = OtlpTransports.Create(OtlpSettings.For(server.Address, grpc) with { Timeout = TimeSpan.FromSeconds(7) }, "t", _clock);

        var sending = SendAsync(transport).AsTask();
        await server.NextAsync();
        Assert.False(sending.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(7));

        Assert.Equal(new OtlpOutcome(OtlpVerdict.Retryable, "no answer within 7 s"), await sending);
        Assert.Equal(OtlpVerdict.Accepted, (await SendAsync(transport)).Verdict);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Stop_ends_a_request_that_hangs(bool grpc)
    {
        await using var server = await OtlpServer.StartAsync(grpc);
        server.Answer(new OtlpAnswer { Hang = true });
        using var transport = OtlpTransports.Create(OtlpSettings.For(server.Address, grpc), "t", _clock);
        using var stop = new CancellationTokenSource();

        var sending = SendAsync(transport, cancellationToken: stop.Token).AsTask();
        await server.NextAsync();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Lost_connection_is_retryable(bool grpc)
    {
        await using var server = await OtlpServer.StartAsync(grpc);
        server.Answer(new OtlpAnswer { Disconnect = true });
        using var transport = OtlpTransports.Create(OtlpSettings.For(server.Address, grpc), "t", _clock);

        var outcome = await SendAsync(transport);

        Assert.Equal(OtlpVerdict.Retryable, outcome.Verdict);
        Assert.NotEmpty(outcome.Message);
        Assert.Equal(OtlpVerdict.Accepted, (await SendAsync(transport)).Verdict);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nobody_listening_is_retryable(bool grpc)
    {
        Uri address;
        await using (var server = await OtlpServer.StartAsync(grpc))
        {
            address = server.Address;
        }

        using var transport = OtlpTransports.Create(OtlpSettings.For(address, grpc), "t", _clock);

        var outcome = await SendAsync(transport);

        Assert.Equal(OtlpVerdict.Retryable, outcome.Verdict);
        Assert.Contains("refused", outcome.Message, StringComparison.Ordinal);
    }

    private ValueTask<OtlpOutcome> SendAsync(IOtlpTransport transport, int points = 1, CancellationToken cancellationToken = default)
    {
        _metrics.Samples.Clear();
        for (var i = 0; i < points; i++)
        {
            _metrics.Samples.Add(_metrics.Bytes, ExampleMetrics.Vf(i), (ulong)i);
        }

        var encoder = Decoded.Encoder();
        encoder.Encode(_metrics.Snapshot());
        return transport.SendAsync(encoder.Request(0), cancellationToken);
    }
}
