using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SriovPulse.Controller.Metering;
using SriovPulse.Controller.PrometheusApi;
using SriovPulse.Metrics.Querying;
using SriovPulse.Metrics.Store;

namespace SriovPulse.Controller.Hosting;

/// <summary>The controller's process: scraping into the store, and the API over it.</summary>
public sealed class ControllerHost : IAsyncDisposable
{
    private static readonly TimeSpan s_stopTimeout = TimeSpan.FromSeconds(30);

    private readonly WebApplication _application;
    private readonly SeriesStore _store;
    private readonly StoreQueries _queries;

    private ControllerHost(WebApplication application, SeriesStore store, StoreQueries queries)
    {
        _application = application;
        _store = store;
        _queries = queries;
    }

    /// <summary>Where it listens, as URLs; a port that the kernel chose is told.</summary>
    public IReadOnlyList<string> Addresses => [.. _application.Urls];

    /// <summary>Signalled when it stops by itself, because a part of it failed.</summary>
    public CancellationToken Stopping => _application.Lifetime.ApplicationStopping;

    /// <summary>Reads the snapshot, begins to scrape, then serves.</summary>
    /// <exception cref="IOException">The address cannot be listened on.</exception>
    public static async Task<ControllerHost> StartAsync(ControllerOptions options, ILoggerFactory logging, TimeProvider time, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddSingleton(logging);
        builder.Services.AddSingleton<IHostLifetime, ExternalLifetime>();
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = s_stopTimeout);
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(options.Listen);
        });

        var store = new SeriesStore(options.Metrics.Store.Options, time, logging.CreateLogger<SeriesStore>());
        var queries = new StoreQueries(store, clock: time);
        var metrics = new ControllerMetrics(store);
        var scraping = new ScrapingHostedService(options.Metrics.Scraping, store, metrics, time, logging.CreateLogger<ScrapingHostedService>());

        // Services stop in the reverse order: scraping ends before the store is written down.
        builder.Services.AddSingleton<IHostedService>(new StoreHostedService(store, options.Metrics.Store, time, logging.CreateLogger<StoreHostedService>()));
        builder.Services.AddSingleton<IHostedService>(scraping);

        var host = new ControllerHost(builder.Build(), store, queries);
        host.Map(queries, metrics, scraping, time);
        try
        {
            await host._application.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await host.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        HostingLog.Started(logging.CreateLogger<ControllerHost>(), string.Join(' ', host.Addresses), options.Metrics.Scraping.Jobs.Count);
        return host;
    }

    /// <summary>Answers what has been asked, stops scraping, writes the snapshot.</summary>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync(CancellationToken.None).ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
        _queries.Dispose();
        _store.Dispose();
    }

    private void Map(StoreQueries queries, ControllerMetrics metrics, ScrapingHostedService scraping, TimeProvider time)
    {
        _application.UseRouting();
        _application.MapPrometheusApi(queries, time, new PrometheusApiOptions(), metrics.CountQuery);
        _application.MapGet("/metrics", metrics.WriteAsync);
        _application.MapGet("/-/healthy", static (HttpContext context) => context.Response.WriteAsync("SriovPulse controller is healthy.\n", context.RequestAborted));
        _application.MapGet("/-/ready", (HttpContext context) =>
        {
            context.Response.StatusCode = scraping.IsStarted ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
            return context.Response.WriteAsync(scraping.IsStarted ? "SriovPulse controller is ready.\n" : "SriovPulse controller is starting.\n", context.RequestAborted);
        });
        _application.UseEndpoints(static _ => { });
    }

    /// <summary>Signals are the program's affair, not the host's.</summary>
    private sealed class ExternalLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
