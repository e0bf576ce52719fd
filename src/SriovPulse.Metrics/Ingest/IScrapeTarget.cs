using System.Diagnostics.CodeAnalysis;

namespace SriovPulse.Metrics.Ingest;

/// <summary>A target as the store knows it. One scrape at a time. Disposing forgets what its texts mean and leaves its series as they are.</summary>
public interface IScrapeTarget : IDisposable
{
    /// <summary>Begins to take a scrape.</summary>
    /// <param name="timestamp">The scrape's time, milliseconds since 1970.</param>
    IScrapeAppender Begin(long timestamp);

    /// <summary>The target is gone: all its series get a staleness marker.</summary>
    /// <param name="timestamp">When, milliseconds since 1970.</param>
    [SuppressMessage("Naming", "CA1716", Justification = "The word for it; nobody implements this in Visual Basic.")]
    void End(long timestamp);
}
