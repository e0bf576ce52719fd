namespace SriovPulse.Metrics.Scraping.Configuration;

/// <summary>What is scraped: the <c>global</c> and <c>scrape_configs</c> sections of a Prometheus configuration, defaults filled in.</summary>
/// <param name="Jobs">An entry per <c>scrape_configs</c> entry.</param>
public sealed record ScrapeConfiguration(IReadOnlyList<ScrapeJob> Jobs);
