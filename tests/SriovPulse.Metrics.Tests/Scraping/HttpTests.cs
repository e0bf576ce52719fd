using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using SriovPulse.Metrics.Exposition;
using SriovPulse.Metrics.Scraping;
using SriovPulse.Metrics.Scraping.Configuration;
using SriovPulse.Metrics.Scraping.Discovery;
using SriovPulse.Metrics.Scraping.Http;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Tests.Scraping;

/// <summary>Over real sockets.</summary>
public sealed class HttpTests : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly int _port = FreePort();

    public HttpTests()
    {
        _listener.Prefixes.Add($"http://127.0.0.1:{_port}/");
        _listener.Start();
    }

    [Fact]
    public async Task Gzip_is_decompressed()
    {
        var exposition = string.Concat(Enumerable.Range(0, 10_000).Select(static i => $"sriov_vf_receive_bytes_total{{vf=\"{i}\"}} {i}\n"));
        var serving = ServeAsync(async response =>
        {
            response.ContentType = ScriptedTarget.Text;
            response.AddHeader("Content-Encoding", "gzip");
            await using var gzip = new GZipStream(response.OutputStream, CompressionLevel.Fastest);
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(exposition));
        });

        var (format, body) = await FetchAsync(new ScrapeJob { Name = "j" });

        Assert.Equal(ExpositionFormat.PrometheusText, format);
        Assert.Equal(exposition, body);
        await serving;
    }

    [Fact]
    public async Task The_body_limit_counts_decompressed_bytes()
    {
        var serving = ServeAsync(async response =>
        {
            response.ContentType = ScriptedTarget.Text;
            response.AddHeader("Content-Encoding", "gzip");
            await using var gzip = new GZipStream(response.OutputStream, CompressionLevel.SmallestSize);
            await gzip.WriteAsync(new byte[1_000_000]);
        });

        var error = await Assert.ThrowsAsync<ScrapeException>(() => FetchAsync(new ScrapeJob { Name = "j", Limits = new ScrapeLimits { BodyBytes = 100_000 } }));

        Assert.Equal("the answer is longer than body_size_limit, 100000 bytes", error.Message);
        await serving;
    }

    [Fact]
    public async Task Nobody_there()
    {
        _listener.Stop();

        var error = await Assert.ThrowsAsync<ScrapeException>(() => FetchAsync(new ScrapeJob { Name = "j" }));

        Assert.Contains("Connection refused", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => ((IDisposable)_listener).Dispose();

    private async Task<(ExpositionFormat Format, string Body)> FetchAsync(ScrapeJob job)
    {
        using var client = new ScrapeClient(job, ScrapeHandlers.Create(job));
        using var body = new ScrapeBody(0);
        var target = new ScrapeTarget(Labels.Empty, new Uri($"http://127.0.0.1:{_port}/metrics"), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(10));
        var format = await client.FetchAsync(target, body, TestContext.Current.CancellationToken);
        return (format, Encoding.UTF8.GetString(body.Bytes));
    }

    private async Task ServeAsync(Func<HttpListenerResponse, Task> answer)
    {
        var context = await _listener.GetContextAsync();
        try
        {
            await answer(context.Response);
            context.Response.Close();
        }
        catch (Exception e) when (e is HttpListenerException or IOException or ObjectDisposedException)
        {
            // The client left early, as the limit has it.
            context.Response.Abort();
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
