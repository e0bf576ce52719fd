using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SriovPulse.Agent.Configuration;
using SriovPulse.Agent.Exposition;
using SriovPulse.Agent.Serving.WebConfig;
using SriovPulse.Agent.Snapshots;

namespace SriovPulse.Agent.Serving;

/// <summary>The HTTP server, from start to stop. Kestrel and nothing else of ASP.NET Core: no routing, no configuration sources, nothing that watches files.</summary>
internal sealed class AgentServer : IAsyncDisposable
{
    private static readonly TimeSpan s_headersTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_stopTimeout = TimeSpan.FromSeconds(5);

    private readonly WebApplication _application;
    private readonly BodyCache _bodies;
    private readonly RequestHandler _handler;

    private AgentServer(WebApplication application, BodyCache bodies, RequestHandler handler)
    {
        _application = application;
        _bodies = bodies;
        _handler = handler;
    }

    /// <summary>Where it listens, as URLs; a port that the kernel chose is told.</summary>
    public IReadOnlyList<string> Addresses => [.. _application.Urls];

    /// <summary>Signalled when it stops by itself, because one of the services that run beside it failed.</summary>
    public CancellationToken Stopping => _application.Lifetime.ApplicationStopping;

    /// <exception cref="ConfigurationException">The web configuration cannot be used.</exception>
    /// <exception cref="ListenException">An address cannot be listened on.</exception>
    public static async Task<AgentServer> StartAsync(
        AgentOptions options, ISnapshotSource source, AgentEnvironment environment, CancellationToken cancellationToken)
    {
        var logger = environment.Logging.CreateLogger<AgentServer>();
        var (program, time) = (environment.Program, environment.Time);
        var web = new WebConfigurationFile(options.Web.ConfigFile, program, logger);
        var first = new FirstSnapshot(source, time, logger);
        var bodies = new BodyCache(new ExpositionRenderer(program, BuildInfo.Current, time, options.Web.OpenMetricsCreated), program, time);
        var scrapes = new ScrapeEndpoint(source, bodies, first, program, options.Web, time, logger);
        var handler = new RequestHandler(scrapes, first, web, program, BuildInfo.Current, options.Web, time);

        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddSingleton(environment.Logging);
        builder.Services.AddSingleton<IHostLifetime, ExternalLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = s_stopTimeout);
        builder.Services.Configure<SocketTransportOptions>(sockets => sockets.CreateBoundListenSocket = new ListenSockets(options.Web.ListenAddresses).Bind);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, options.Web, web, new(options.Web.MaxConnections, program)));
        foreach (var service in environment.Services.Prepend(first))
        {
            builder.Services.AddSingleton(service);
        }

        var server = new AgentServer(builder.Build(), bodies, handler);
        server._application.Run(handler.HandleAsync);
        try
        {
            await server._application.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        ServingLog.Started(logger, BuildInfo.Current.ToString(), string.Join(' ', server.Addresses));
        return server;
    }

    /// <summary>Answers what has been asked, then stops.</summary>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync(CancellationToken.None).ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
        _handler.Dispose();
        _bodies.Dispose();
    }

    private static void Configure(KestrelServerOptions kestrel, WebOptions options, WebConfigurationFile web, ConnectionLimit connections)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = options.MaxConnections + ConnectionLimit.Courtesy;
        kestrel.Limits.RequestHeadersTimeout = s_headersTimeout;
        kestrel.Limits.MaxRequestBodySize = 0;
        kestrel.Limits.MaxRequestLineSize = 4 * 1024;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        kestrel.Limits.MaxResponseBufferSize = ScrapeEndpoint.SliceLength;
        kestrel.Limits.Http2.MaxStreamsPerConnection = 16;
        foreach (var address in options.ListenAddresses)
        {
            Listen(kestrel, address, endpoint => Configure(endpoint, web, connections));
        }
    }

    private static void Configure(ListenOptions endpoint, WebConfigurationFile web, ConnectionLimit connections)
    {
        endpoint.Use(connections.Wrap);
        var atStart = web.Current();
        endpoint.Protocols = atStart.Tls is not null && atStart.Configuration.Http2 ? HttpProtocols.Http1AndHttp2 : HttpProtocols.Http1;
        if (atStart.Tls is not null)
        {
            endpoint.UseHttps(new TlsHandshakeCallbackOptions
            {
                HandshakeTimeout = s_headersTimeout,
                OnConnection = _ => ValueTask.FromResult(web.Current().Tls!.Options()),
            });
        }
    }

    private static void Listen(KestrelServerOptions kestrel, ListenAddress address, Action<ListenOptions> configure)
    {
        if (address.SocketPath is { } path)
        {
            kestrel.ListenUnixSocket(path, configure);
        }
        else if (address.IsLocalhost)
        {
            kestrel.ListenLocalhost(address.Port, configure);
        }
        else if (address.Address is { } ip)
        {
            kestrel.Listen(ip, address.Port, configure);
        }
        else
        {
            kestrel.ListenAnyIP(address.Port, configure);
        }
    }

    /// <summary>Signals are the program's affair, not the host's.</summary>
    private sealed class ExternalLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
