using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Hosting;
using SriovPulse.Agent.Configuration;
using SriovPulse.Agent.Serving;
using SriovPulse.Agent.Tests.Exposition;

namespace SriovPulse.Agent.Tests.Serving;

public sealed class AgentServerTests
{
    [Fact]
    public async Task Text_is_served_to_whoever_asks_for_nothing_special()
    {
        await using var agent = await TestAgent.StartAsync();

        using var response = await agent.GetAsync("/metrics");

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        var document = ExpositionDocument.Parse(await response.Content.ReadAsStringAsync(), isOpenMetrics: false);
        Assert.Equal("18446744073709551615", document.Values["sriov_vf_receive_bytes_total{pf=\"ens1f0\",vf=\"0\"}"]);
        Assert.False(response.Headers.Contains("Server"));
    }

    [Fact]
    public async Task OpenMetrics_is_served_compressed_as_Prometheus_asks_for_it()
    {
        await using var agent = await TestAgent.StartAsync();

        using var response = await agent.GetAsync(
            "/metrics", ("Accept", "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1"), ("Accept-Encoding", "gzip"));

        Assert.Equal("application/openmetrics-text; version=1.0.0; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.Equal(["gzip"], response.Content.Headers.ContentEncoding);
        ExpositionDocument.Parse(Bodies.Unzip(await response.Content.ReadAsByteArrayAsync()), isOpenMetrics: true);
    }

    [Fact]
    public async Task Head_tells_what_get_would_send()
    {
        await using var agent = await TestAgent.StartAsync();

        using var response = await agent.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/metrics"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(response.Content.Headers.ContentLength > 1000);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("GET", "/", HttpStatusCode.OK, "<a href=\"/metrics\">")]
    [InlineData("GET", "/-/healthy", HttpStatusCode.OK, "runs")]
    [InlineData("GET", "/metrics/", HttpStatusCode.NotFound, "metrics are at /metrics")]
    [InlineData("GET", "/nothing", HttpStatusCode.NotFound, "metrics are at /metrics")]
    [InlineData("DELETE", "/metrics", HttpStatusCode.MethodNotAllowed, "only GET and HEAD")]
    [InlineData("OPTIONS", "/", HttpStatusCode.MethodNotAllowed, "only GET and HEAD")]
    public async Task Paths_and_methods_are_answered(string method, string path, HttpStatusCode status, string text)
    {
        await using var agent = await TestAgent.StartAsync();

        using var response = await agent.Client.SendAsync(new HttpRequestMessage(new(method), path));

        Assert.Equal(status, response.StatusCode);
        Assert.Contains(text, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(status == HttpStatusCode.MethodNotAllowed, response.Content.Headers.Allow.Count == 2);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Request_with_a_body_is_refused(bool isChunked)
    {
        await using var agent = await TestAgent.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/metrics") { Content = new ByteArrayContent(new byte[10]) };
        request.Headers.TransferEncodingChunked = isChunked;

        using var response = await agent.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.True(response.Headers.ConnectionClose);
    }

    [Fact]
    public async Task Metrics_move_to_another_path()
    {
        await using var agent = await TestAgent.StartAsync(new WebOptions { TelemetryPath = "/vf" });

        using var there = await agent.GetAsync("/vf");
        using var before = await agent.GetAsync("/metrics");

        Assert.Equal(HttpStatusCode.OK, there.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, before.StatusCode);
        Assert.Contains("<a href=\"/vf\">", await agent.Client.GetStringAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Agent_is_ready_once_the_host_has_been_read()
    {
        var gate = new TaskCompletionSource();
        var source = new FakeSnapshotSource { Before = gate.Task.WaitAsync };
        await using var agent = await TestAgent.StartAsync(source: source);

        using (var before = await agent.GetAsync("/-/ready"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, before.StatusCode);
        }

        using (var healthy = await agent.GetAsync("/-/healthy"))
        {
            Assert.Equal(HttpStatusCode.OK, healthy.StatusCode);
        }

        gate.SetResult();
        await TestAgent.EventuallyAsync(async () => (await agent.GetAsync("/-/ready")).StatusCode == HttpStatusCode.OK);
        Assert.Equal(1, source.Collections);
    }

    [Fact]
    public async Task Two_hundred_scrapers_at_once_share_one_reading_and_get_right_answers()
    {
        await using var agent = await TestAgent.StartAsync(source: Large(2_000));
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = 200 };
        using var client = new HttpClient(handler) { BaseAddress = agent.Address };

        var texts = await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
            if (i % 2 == 0)
            {
                request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip");
            }

            using var response = await client.SendAsync(request);
            var bytes = await response.Content.ReadAsByteArrayAsync();
            return i % 2 == 0 ? Bodies.Unzip(bytes) : Encoding.UTF8.GetString(bytes);
        }));

        Assert.Equal(1, agent.Source.Collections);
        foreach (var text in texts.Distinct())
        {
            var values = ExpositionDocument.Parse(text, isOpenMetrics: false).Values;
            Assert.Equal(2_000, values.Keys.Count(series => series.StartsWith("sriov_vf_receive_bytes_total", StringComparison.Ordinal)));
            Assert.Equal("1999", values["sriov_vf_receive_bytes_total{pf=\"ens1f0\",vf=\"1999\"}"]);
        }
    }

    [Fact]
    public async Task Scraper_that_goes_away_half_way_harms_nobody()
    {
        await using var agent = await TestAgent.StartAsync(source: Large(100_000));
        using (var socket = await agent.AskAndNotReadAsync())
        {
            var buffer = new byte[1000];
            Assert.True(await socket.ReceiveAsync(buffer).WaitAsync(TestAgent.Patience) > 0);
            socket.LingerState = new LingerOption(true, 0);
        }

        await TestAgent.EventuallyAsync(async () => await agent.OwnAsync("sriovpulse_agent_scrapes_aborted_total{reason=\"gone\"}") == 1);
        var text = await agent.Client.GetStringAsync("/metrics");

        ExpositionDocument.Parse(text, isOpenMetrics: false);
        Assert.Equal(1, agent.Source.Collections);
    }

    [Fact]
    public async Task Snapshot_is_not_held_while_a_slow_reader_is_sent_to()
    {
        await using var agent = await TestAgent.StartAsync(source: Large(100_000));
        using var socket = await agent.AskAndNotReadAsync();
        await socket.ReceiveAsync(new byte[100]).WaitAsync(TestAgent.Patience);

        agent.Source.Expire();

        Assert.Equal(1, agent.Source.Recycled);
    }

    [Fact]
    public async Task Slow_reader_is_cut_off_when_its_own_timeout_has_passed()
    {
        await using var agent = await TestAgent.StartAsync(source: Large(100_000));
        using var socket = await agent.AskAndNotReadAsync("X-Prometheus-Scrape-Timeout-Seconds: 0.5\r\n");

        await TestAgent.EventuallyAsync(async () => await agent.OwnAsync("sriovpulse_agent_scrapes_aborted_total{reason=\"late\"}") == 1);

        await AssertCutOffAsync(socket);
    }

    [Fact]
    public async Task Memory_that_slow_readers_hold_is_bounded_by_cutting_off_the_slowest()
    {
        await using var agent = await TestAgent.StartAsync(source: Large(60_000));
        var slow = new List<Socket>();
        for (var i = 0; i < 8; i++)
        {
            var socket = await agent.AskAndNotReadAsync("X-Prometheus-Scrape-Timeout-Seconds: 300\r\n");
            await socket.ReceiveAsync(new byte[100]).WaitAsync(TestAgent.Patience);
            slow.Add(socket);
            agent.Source.Expire();
        }

        // Of eight bodies one is current and four may linger: the readers of the others had to go.
        await TestAgent.EventuallyAsync(async () => await agent.OwnAsync("sriovpulse_agent_scrapes_aborted_total{reason=\"slow\"}") == 3);
        await AssertCutOffAsync(slow[0]);
        var text = await agent.Client.GetStringAsync("/metrics");
        ExpositionDocument.Parse(text, isOpenMetrics: false);

        // Who was not cut off still gets the rest.
        Assert.True(await ReadAllAsync(slow[^1]) > 60_000 * 40);
        slow.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public async Task Patience_with_the_collection_is_the_scrapers_timeout_less_the_offset()
    {
        await using var agent = await TestAgent.StartAsync(new WebOptions { ScrapeTimeoutOffset = TimeSpan.FromSeconds(1) });
        await TestAgent.EventuallyAsync(() => agent.Source.Patience.Count == 1);

        using var response = await agent.GetAsync("/metrics", ("X-Prometheus-Scrape-Timeout-Seconds", "7.5"));

        Assert.Equal(TimeSpan.FromSeconds(6.5), agent.Source.Patience[^1]);
    }

    [Fact]
    public async Task Scrape_that_gets_no_snapshot_in_time_is_told_so()
    {
        var source = new FakeSnapshotSource { Before = token => Task.Delay(Timeout.Infinite, token) };
        await using var agent = await TestAgent.StartAsync(source: source);

        using var response = await agent.GetAsync("/metrics", ("X-Prometheus-Scrape-Timeout-Seconds", "0.3"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("within the scraper's timeout", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failure_is_told_and_logged_and_the_next_scrape_is_fine()
    {
        await using var agent = await TestAgent.StartAsync();
        agent.Source.Before = _ => throw new InvalidOperationException("no kernel today");
        using (var failed = await agent.GetAsync("/metrics"))
        {
            Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode);
        }

        agent.Source.Before = _ => Task.CompletedTask;
        using var response = await agent.GetAsync("/metrics");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("no kernel today", agent.Log, StringComparison.Ordinal);
        var text = await response.Content.ReadAsStringAsync();
        Assert.Equal("1", ExpositionDocument.Parse(text, isOpenMetrics: false).Values["sriovpulse_agent_log_messages_total{level=\"error\"}"]);
        Assert.Equal("1", ExpositionDocument.Parse(text, isOpenMetrics: false).Values["sriovpulse_agent_http_requests_total{handler=\"metrics\",code=\"500\"}"]);
    }

    [Fact]
    public async Task Connections_beyond_the_limit_are_told_so()
    {
        await using var agent = await TestAgent.StartAsync(new WebOptions { MaxConnections = 2 });
        using var first = await ConnectedAsync(agent);
        using var second = await ConnectedAsync(agent);

        using (var refused = await agent.GetAsync("/metrics"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.Contains("--web.max-connections", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.True(refused.Headers.ConnectionClose);
        }

        second.Dispose();
        await TestAgent.EventuallyAsync(async () => (await agent.GetAsync("/metrics")).StatusCode == HttpStatusCode.OK);
    }

    [Fact]
    public async Task Address_in_use_is_named_with_the_cure()
    {
        await using var agent = await TestAgent.StartAsync();
        var address = ListenAddress.Parse(agent.EndPoint.ToString());

        var exception = await Assert.ThrowsAsync<ListenException>(() => TestAgent.StartAsync(new WebOptions { ListenAddresses = [address] }));

        Assert.Contains($"cannot listen on {agent.EndPoint}", exception.Message, StringComparison.Ordinal);
        Assert.Contains("--web.listen-address", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Address_that_the_host_does_not_have_is_named()
    {
        // TEST-NET-1, RFC 5737.
        var web = new WebOptions { ListenAddresses = [ListenAddress.Parse("192.0.2.1:0")] };

        var exception = await Assert.ThrowsAsync<ListenException>(() => TestAgent.StartAsync(web));

        Assert.Contains("192.0.2.1:0: this host does not have the address", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(":0")]
    [InlineData("127.0.0.1:0")]
    public async Task Address_is_listened_on(string address)
    {
        await using var agent = await TestAgent.StartAsync(new WebOptions { ListenAddresses = [ListenAddress.Parse(address)] });
        using var client = new HttpClient();

        Assert.Contains("sriov", await client.GetStringAsync(new Uri($"http://127.0.0.1:{agent.Address.Port}/metrics")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unix_socket_is_served_and_removed_and_a_leftover_replaced()
    {
        var folder = Directory.CreateTempSubdirectory("sriovpulse-");
        try
        {
            var path = Path.Combine(folder.FullName, "a.sock");
            using (var leftover = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
            {
                // Bound under another name, so that closing it leaves the file, as a killed process does.
                leftover.Bind(new UnixDomainSocketEndPoint(path + ".old"));
                File.Move(path + ".old", path);
            }

            var web = new WebOptions { ListenAddresses = [ListenAddress.Parse("unix:" + path)] };
            await using (await TestAgent.StartAsync(web))
            {
                using var handler = new SocketsHttpHandler { ConnectCallback = async (_, token) => await ConnectAsync(path, token) };
                using var client = new HttpClient(handler);
                Assert.Contains("sriov", await client.GetStringAsync(new Uri("http://agent/metrics")), StringComparison.Ordinal);

                var exception = await Assert.ThrowsAsync<ListenException>(() => TestAgent.StartAsync(web));
                Assert.Contains(path, exception.Message, StringComparison.Ordinal);
            }

            Assert.False(File.Exists(path));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task File_is_never_taken_for_the_leftover_of_a_socket()
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(path, "precious");

            await Assert.ThrowsAsync<ListenException>(() => TestAgent.StartAsync(new WebOptions { ListenAddresses = [ListenAddress.Parse("unix:" + path)] }));

            Assert.Equal("precious", await File.ReadAllTextAsync(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task Services_beside_it_run_as_long_as_it_serves()
    {
        var service = new RecordingService();
        await using (await TestAgent.StartAsync(services: service))
        {
            Assert.Equal("started", service.State);
        }

        Assert.Equal("stopped", service.State);
    }

    private static FakeSnapshotSource Large(int vfs)
    {
        var metrics = new SampleMetrics();
        var samples = new Metrics.SampleBuffer(metrics);
        for (var i = 0; i < vfs; i++)
        {
            samples.Add(metrics.Bytes, Metrics.LabelSet.Create(("pf", "ens1f0"), ("vf", $"{i}")), (ulong)i);
        }

        return new() { Collect = () => samples };
    }

    private static async Task<Socket> ConnectedAsync(TestAgent agent)
    {
        var socket = await agent.AskAndNotReadAsync();
        await socket.ReceiveAsync(new byte[10]).WaitAsync(TestAgent.Patience);
        return socket;
    }

    private static async Task<Stream> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }

    private static async Task<long> ReadAllAsync(Socket socket)
    {
        var buffer = new byte[65536];
        long total = 0;
        var text = new StringBuilder();
        while (!text.ToString().Contains("log_messages_total{level=\"error\"}", StringComparison.Ordinal))
        {
            var count = await socket.ReceiveAsync(buffer).WaitAsync(TestAgent.Patience);
            Assert.NotEqual(0, count);
            total += count;
            text.Remove(0, Math.Max(0, text.Length - 200)).Append(Encoding.ASCII.GetString(buffer, 0, count));
        }

        return total;
    }

    private static async Task AssertCutOffAsync(Socket socket)
    {
        var buffer = new byte[65536];
        try
        {
            while (await socket.ReceiveAsync(buffer).WaitAsync(TestAgent.Patience) > 0)
            {
            }
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
        {
            return;
        }

        Assert.Fail("the connection was closed as if the answer were complete");
    }

    private sealed class RecordingService : IHostedService
    {
        public string State { get; private set; } = "new";

        public Task StartAsync(CancellationToken cancellationToken)
        {
            State = "started";
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            State = "stopped";
            return Task.CompletedTask;
        }
    }
}
