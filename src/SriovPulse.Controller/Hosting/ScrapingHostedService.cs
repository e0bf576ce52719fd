using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SriovPulse.Controller.Metering;
using SriovPulse.Metrics.Scraping;
using SriovPulse.Metrics.Scraping.Configuration;
using SriovPulse.Metrics.Store;

namespace SriovPulse.Controller.Hosting;

/// <summary>Scrapes from the host's start to its end.</summary>
internal sealed class ScrapingHostedService : IHostedService, IAsyncDisposable
{
    private readonly ScrapeConfiguration _configuration;
    private readonly ScrapeService _service;
    private volatile bool _isStarted;

    public ScrapingHostedService(ScrapeConfiguration configuration, SeriesStore store, ControllerMetrics metrics, TimeProvider time, ILogger<ScrapingHostedService> logger)
    {
        _configuration = configuration;
        _service = new ScrapeService(store, new ScrapeServiceOptions { TimeProvider = time, Problem = problem => HostingLog.ScrapeProblem(logger, problem) });
        metrics.Observe(_service);
    }

    /// <summary>Whether the snapshot was read and scraping has begun.</summary>
    public bool IsStarted => _isStarted;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _service.ApplyAsync(_configuration).ConfigureAwait(false);
        _isStarted = true;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _isStarted = false;
        await _service.DisposeAsync().ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
