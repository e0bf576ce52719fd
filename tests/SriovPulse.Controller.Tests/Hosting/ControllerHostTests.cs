using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using SriovPulse.Controller.Hosting;
using SriovPulse.Metrics.Configuration;
using SriovPulse.Testing;

namespace SriovPulse.Controller.Tests.Hosting;

public sealed class ControllerHostTests : IDisposable
{
    private const string Exposition = "# TYPE sriov_vf_link_up gauge\nsriov_vf_link_up{vf=\"0\"} 1\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("sriovpulse").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task It_scrapes_answers_and_keeps_its_data_over_a_restart()
    {
        await using var target = LoopbackServer.InTurn(LoopbackServer.Answer(200, Exposition, "Content-Type: text/plain; version=0.0.4\r\n"));
        await using (var host = await StartAsync(target.Url.Authority))
        {
            using var http = new HttpClient { BaseAddress = new Uri(host.Addresses.Single()) };
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri("/-/ready", UriKind.Relative))).StatusCode);
            await EventuallyAsync(http, "sriov_vf_link_up{job=\"agent\",vf=\"0\"}", "\"value\":[");
            var metrics = await http.GetStringAsync(new Uri("/metrics", UriKind.Relative));
            Assert.Contains("\nsriovpulse_controller_scrape_targets{job=\"agent\",health=\"up\"} 1\n", metrics, StringComparison.Ordinal);
            Assert.DoesNotContain("\nsriovpulse_controller_store_series 0\n", metrics, StringComparison.Ordinal);
            Assert.Contains("sriovpulse_controller_api_requests_total{path=\"query\",error=\"\"}", metrics, StringComparison.Ordinal);
        }

        // Its target is gone now: what it answers is from before.
        await using var again = await StartAsync("127.0.0.1:1");
        using var client = new HttpClient { BaseAddress = new Uri(again.Addresses.Single()) };
        await EventuallyAsync(client, "last_over_time(sriov_vf_link_up[5m])", "\"value\":[");
    }

    [Fact]
    public async Task An_address_that_is_taken_is_an_error()
    {
        await using var target = LoopbackServer.InTurn("");

        await Assert.ThrowsAnyAsync<IOException>(() => StartAsync("127.0.0.1:1", new IPEndPoint(IPAddress.Loopback, target.Url.Port)));
    }

    [Theory]
    [InlineData("0.0.0.0:9837", "not a loopback address")]
    [InlineData("192.0.2.1:9837", "not a loopback address")]
    [InlineData("[::]:9837", "not a loopback address")]
    [InlineData("nonsense", "no address to listen on")]
    [InlineData("127.0.0.1", "no address to listen on")]
    public void It_listens_on_loopback_only(string address, string words) =>
        Assert.Contains(words, Assert.Throws<FormatException>(() => ControllerOptions.ParseListen(address)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("127.0.0.1:9837")]
    [InlineData("[::1]:9837")]
    [InlineData("localhost:9837")]
    public void Loopback_is_fine(string address) => Assert.Equal(9837, ControllerOptions.ParseListen(address).Port);

    private static async Task EventuallyAsync(HttpClient http, string query, string words)
    {
        var path = new Uri($"/api/v1/query?query={Uri.EscapeDataString(query)}", UriKind.Relative);
        var answer = string.Empty;
        for (var i = 0; i < 300 && !answer.Contains(words, StringComparison.Ordinal); i++)
        {
            await Task.Delay(100);
            answer = await http.GetStringAsync(path);
        }

        Assert.Contains(words, answer, StringComparison.Ordinal);
    }

    private Task<ControllerHost> StartAsync(string target, IPEndPoint? listen = null)
    {
        var yaml = $"scrape_configs: [{{job_name: agent, scrape_interval: 1s, static_configs: [{{targets: ['{target}']}}]}}]\nstore: {{snapshot: store.snapshot}}\n";
        var configuration = MetricsConfigurationReader.Read(Path.Combine(_folder, "controller.yaml"), yaml, out var problems);
        Assert.Empty(problems);
        return ControllerHost.StartAsync(
            new ControllerOptions(configuration!, listen ?? new IPEndPoint(IPAddress.Loopback, 0)), NullLoggerFactory.Instance, TimeProvider.System, CancellationToken.None);
    }
}
