using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SriovPulse.Metrics.Configuration;
using SriovPulse.Metrics.Store;

namespace SriovPulse.Controller.Hosting;

/// <summary>Keeps the store: snapshot at the start and the end, maintenance in between.</summary>
internal sealed class StoreHostedService(SeriesStore store, StoreConfiguration configuration, TimeProvider time, ILogger<StoreHostedService> logger)
    : IHostedService, IDisposable
{
    private static readonly TimeSpan s_maintenanceInterval = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _stop = new();
    private Task _maintenance = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (configuration.SnapshotPath is { } path)
        {
            // What came of it, the store tells in the log; it is never a reason not to start.
            store.ReadSnapshot(path);
        }

        _maintenance = MaintainAsync(_stop.Token);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _maintenance.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (configuration.SnapshotPath is { } path)
        {
            try
            {
                store.WriteSnapshot(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                HostingLog.SnapshotFailed(logger, e, path, e.Message);
            }
        }
    }

    public void Dispose() => _stop.Dispose();

    private async Task MaintainAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(s_maintenanceInterval, time);
        while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false))
        {
            try
            {
                store.Maintain();
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // One failure must not end all maintenance: the limit on memory hangs on it.
                HostingLog.MaintenanceFailed(logger, e);
            }
        }
    }
}
