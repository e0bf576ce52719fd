using SriovPulse.Agent.Otlp;

namespace SriovPulse.Agent.Tests.Otlp;

/// <summary>
/// Alone in the process: the SDK takes the instruments of all Kestrel servers for one, and ends it when any of them stops. An agent has one server.
/// </summary>
[Collection(nameof(OtlpProgramMetricsTests))]
[CollectionDefinition(nameof(OtlpProgramMetricsTests), DisableParallelization = true)]
public sealed class OtlpProgramMetricsTests
{
    private static readonly KeyValuePair<string, string>[] s_resource = [new("service.name", "sriovpulse-agent"), new("service.instance.id", "i1")];

    [Theory]
    [InlineData(false, "none")]
    [InlineData(true, "none")]
    [InlineData(false, "gzip")]
    [InlineData(true, "gzip")]
    public async Task Runtime_and_server_metrics_go_to_the_same_place_under_the_same_resource(bool grpc, string compression)
    {
        await using var server = await OtlpServer.StartAsync(grpc);
        using var metrics = new OtlpProgramMetrics(
            OtlpSettings.For(server.Address, grpc) with
            {
                Interval = TimeSpan.FromSeconds(1), Compression = OtlpText.ParseCompression(compression, "test"), Headers = [new("authorization", "Bearer a,b=c")],
            },
            s_resource,
            "1.2.3");

        await metrics.StartAsync(CancellationToken.None);
        var export = await server.NextAsync();

        // The server's first connection is this one, so that it is measured from the second export on.
        var second = await server.NextAsync();
        await metrics.StopAsync(CancellationToken.None);

        Assert.Equal(grpc ? "HTTP/2" : "HTTP/1.1", export.HttpVersion);
        Assert.Equal("Bearer a,b=c", export.Headers["authorization"]);
        Assert.StartsWith("sriovpulse-agent/1.2.3 ", export.Headers["user-agent"], StringComparison.Ordinal);
        var resource = Assert.Single(export.Request.ResourceMetrics);
        Assert.Equal("service.name=sriovpulse-agent,service.instance.id=i1", resource.Resource.Attributes.Text());
        Assert.Contains(resource.ScopeMetrics, scope => scope.Scope.Name == "System.Runtime");
        Assert.Contains("dotnet.process.memory.working_set", export.MetricNames);
        Assert.Contains("kestrel.active_connections", second.MetricNames);
    }

    [Fact]
    public async Task Stop_does_not_wait_for_a_server_that_hangs()
    {
        await using var server = await OtlpServer.StartAsync();
        server.Answer(new OtlpAnswer { Hang = true });
        server.Answer(new OtlpAnswer { Hang = true });
        var metrics = new OtlpProgramMetrics(
            OtlpSettings.For(server.Address) with { Interval = TimeSpan.FromSeconds(1), Timeout = TimeSpan.FromHours(1) }, s_resource, "1.2.3");
        await metrics.StartAsync(CancellationToken.None);
        await server.NextAsync();

        var stopping = Task.Run(async () =>
        {
            await metrics.StopAsync(CancellationToken.None);
            metrics.Dispose();
        });

        // An hour if it waited for the request, a minute is plenty if it does not.
        await stopping.WaitAsync(TimeSpan.FromMinutes(1));
    }
}
