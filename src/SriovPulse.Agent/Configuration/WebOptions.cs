namespace SriovPulse.Agent.Configuration;

/// <summary>How scrapes are served.</summary>
internal sealed record WebOptions
{
    public IReadOnlyList<ListenAddress> ListenAddresses { get; init; } = [ListenAddress.Parse("127.0.0.1:9836")];

    public string TelemetryPath { get; init; } = "/metrics";

    /// <summary>TLS and basic auth, in the form that Prometheus exporters share; null for neither.</summary>
    public string? ConfigFile { get; init; }

    public int MaxConnections { get; init; } = 512;

    /// <summary>Subtracted from the scraper's own timeout, so that an answer is on its way before the scraper gives up.</summary>
    public TimeSpan ScrapeTimeoutOffset { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Whether OpenMetrics answers have <c>_created</c> lines. Off, because a Prometheus without its created-timestamp feature stores each as a series
    /// of its own, which doubles what a counter costs.
    /// </summary>
    public bool OpenMetricsCreated { get; init; }
}
