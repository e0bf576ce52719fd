using SriovPulse.Metrics.Ingest;
using SriovPulse.Metrics.Scraping.Configuration;

namespace SriovPulse.Metrics.Scraping;

/// <summary>Scrapes what a configuration names. <see cref="ApplyAsync"/> begins, and takes over a changed configuration.</summary>
/// <param name="ingest">Where samples go.</param>
/// <param name="options">Clock, connections, limits.</param>
public sealed class ScrapeService(IIngest ingest, ScrapeServiceOptions options) : IAsyncDisposable
{
    private readonly SemaphoreSlim _parses = new(options.ConcurrentParses);
    private readonly SemaphoreSlim _applying = new(1);
    private volatile IReadOnlyList<ScrapePool> _pools = [];

    /// <summary>All targets and how they stand.</summary>
    public IReadOnlyList<TargetStatus> Targets => [.. _pools.SelectMany(static pool => pool.Status)];

    /// <summary>Scrapes by this configuration from now on. Jobs that did not change go on undisturbed; series of targets that are gone end.</summary>
    public async Task ApplyAsync(ScrapeConfiguration configuration)
    {
        await _applying.WaitAsync().ConfigureAwait(false);
        try
        {
            var kept = _pools.Where(pool => configuration.Jobs.Any(job => IsSame(job, pool.Job))).ToList();
            var begun = configuration.Jobs
                .Where(job => !kept.Exists(pool => IsSame(job, pool.Job)))
                .Select(job => new ScrapePool(job, ingest, options, _parses))
                .ToList();
            var remaining = begun.SelectMany(static pool => pool.TargetLabels).ToHashSet();
            foreach (var pool in _pools.Except(kept))
            {
                await pool.StopAsync(remaining).ConfigureAwait(false);
                await pool.DisposeAsync().ConfigureAwait(false);
            }

            foreach (var pool in begun)
            {
                await pool.StartAsync().ConfigureAwait(false);
            }

            _pools = [.. kept, .. begun];
        }
        finally
        {
            _applying.Release();
        }
    }

    /// <summary>Stops. No series end by that: after a restart they go on.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var pool in _pools)
        {
            await pool.DisposeAsync().ConfigureAwait(false);
        }

        _pools = [];
        _parses.Dispose();
        _applying.Dispose();
    }

    private static bool IsSame(ScrapeJob job, ScrapeJob other) => job.Name == other.Name && job.Fingerprint == other.Fingerprint;
}
