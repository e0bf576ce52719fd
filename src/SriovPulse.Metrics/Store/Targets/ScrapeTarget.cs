using SriovPulse.Metrics.Ingest;

namespace SriovPulse.Metrics.Store.Targets;

/// <summary>An open target: one scrape at a time.</summary>
internal sealed class ScrapeTarget(SeriesStore store, TargetSeries target) : IScrapeTarget
{
    private readonly ScrapeAppender _appender = new(store, target);
    private bool _isDisposed;

    public IScrapeAppender Begin(long timestamp)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        _appender.Begin(timestamp);
        return _appender;
    }

    public void End(long timestamp)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        _appender.Rollback();

        // The end must show even if the clock was set back meanwhile.
        _appender.Begin(Math.Max(timestamp, target.Columns.LastTimestamp + 1));
        _appender.Commit();
    }

    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            _appender.Rollback();
            store.CloseTarget(target);
        }
    }
}
