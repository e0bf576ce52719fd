using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SriovPulse.Agent.Snapshots;
using SriovPulse.Linux;

namespace SriovPulse.Agent.Serving;

/// <summary>Reads the host once at start, so that the agent becomes ready without being scraped. A scrape that comes before counts as well.</summary>
internal sealed class FirstSnapshot(ISnapshotSource source, TimeProvider time, ILogger logger) : BackgroundService
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(5);
    private volatile bool _isTaken;

    public bool IsTaken => _isTaken;

    public void MarkTaken() => _isTaken = true;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!_isTaken && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                (await source.GetAsync(s_patience, stoppingToken).ConfigureAwait(false)).Release();
                MarkTaken();
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                ServingLog.FirstSnapshotFailed(logger, e, s_pause.TotalSeconds);
                await Task.Delay(s_pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        // The start is over: most of the program's pages are not needed again.
        ProgramImage.ReleaseCleanPages();
    }
}
