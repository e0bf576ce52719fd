using SriovPulse.Metrics.Scraping.Configuration;

namespace SriovPulse.Metrics.Scraping;

/// <summary>What a <see cref="ScrapeService"/> needs from outside.</summary>
public sealed record ScrapeServiceOptions
{
    /// <summary>The clock.</summary>
    public required TimeProvider TimeProvider { get; init; }

    /// <summary>Makes a job's connections; null for sockets with the job's TLS settings.</summary>
    public Func<ScrapeJob, HttpMessageHandler>? CreateHandler { get; init; }

    /// <summary>How many answers are read at the same time at most. More than there are processors only holds more buffers.</summary>
    public int ConcurrentParses { get; init; } = Environment.ProcessorCount;

    /// <summary>Told what is wrong with a discovery file or a target; scrapes that fail are in <see cref="ScrapeService.Targets"/> and in <c>up</c>.</summary>
    public Action<string>? Problem { get; init; }
}
