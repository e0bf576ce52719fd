using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SriovPulse.Agent.Configuration;
using SriovPulse.Agent.Exposition;
using SriovPulse.Agent.Logging;
using SriovPulse.Agent.Serving;

namespace SriovPulse.Agent.Tests.Serving;

/// <summary>A served agent on a port of the loopback address that the kernel chose.</summary>
internal sealed class TestAgent : IAsyncDisposable
{
    private readonly ILoggerFactory _logging;
    private readonly MemoryStream _log;
    private readonly AgentServer _server;

    private TestAgent(AgentServer server, FakeSnapshotSource source, ProgramMetrics program, ILoggerFactory logging, MemoryStream log)
    {
        _server = server;
        _logging = logging;
        _log = log;
        Source = source;
        Program = program;
        Client = new HttpClient { BaseAddress = Address };
    }

    public FakeSnapshotSource Source { get; }

    public ProgramMetrics Program { get; }

    public HttpClient Client { get; }

    public Uri Address => new(_server.Addresses[0].Replace("https", "http", StringComparison.Ordinal));

    public IPEndPoint EndPoint => new(IPAddress.Loopback, Address.Port);

    /// <summary>The log so far.</summary>
    public string Log
    {
        get
        {
            lock (_log)
            {
                return Encoding.UTF8.GetString(_log.ToArray());
            }
        }
    }

    public static async Task<TestAgent> StartAsync(WebOptions? web = null, FakeSnapshotSource? source = null, params IHostedService[] services)
    {
        var program = new ProgramMetrics();
        var log = new MemoryStream();
        var logging = LineLoggerProvider.CreateFactory(new LogOptions(), Stream.Synchronized(log), TimeProvider.System, program.CountLogMessage);
        var environment = new AgentEnvironment(logging, program, TimeProvider.System, Stream.Null, TextWriter.Null) { Services = services };
        web ??= new WebOptions();
        if (web.ListenAddresses is [{ Text: "127.0.0.1:9836" }])
        {
            web = web with { ListenAddresses = [ListenAddress.Parse("127.0.0.1:0")] };
        }

        source ??= new FakeSnapshotSource();
        try
        {
            var server = await AgentServer.StartAsync(new AgentOptions { Web = web }, source, environment, TestContext.Current.CancellationToken);
            return new(server, source, program, logging, log);
        }
        catch
        {
            logging.Dispose();
            program.Dispose();
            throw;
        }
    }

    /// <summary>After which something that should happen is taken never to happen.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromMinutes(1);

    /// <summary>Waits until the condition holds.</summary>
    public static async Task EventuallyAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            await Task.Delay(20, limit.Token);
        }
    }

    /// <inheritdoc cref="EventuallyAsync(Func{Task{bool}})"/>
    public static Task EventuallyAsync(Func<bool> condition) => EventuallyAsync(() => Task.FromResult(condition()));

    /// <summary>A GET with headers.</summary>
    public Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        return Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>A connection that has sent a request and whose answer nobody reads yet; its receive buffer is small.</summary>
    public async Task<Socket> AskAndNotReadAsync(string headers = "")
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(EndPoint);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"GET /metrics HTTP/1.1\r\nHost: a\r\n{headers}\r\n"));
        return socket;
    }

    /// <summary>The value of one of the program's own series, by a scrape.</summary>
    public async Task<double> OwnAsync(string series)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        await Program.WriteAsync(buffer, Agent.Exposition.ExpositionFormat.PrometheusText, TestContext.Current.CancellationToken);
        var line = Encoding.UTF8.GetString(buffer.WrittenSpan).Split('\n').SingleOrDefault(line => line.StartsWith(series + " ", StringComparison.Ordinal));
        return line is null ? 0 : double.Parse(line.AsSpan(series.Length + 1), provider: System.Globalization.CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
        _logging.Dispose();
        Program.Dispose();
        _log.Dispose();
    }
}
