using SriovPulse.Metrics.Scraping.Configuration;

namespace SriovPulse.Metrics.Configuration;

/// <summary>Where metrics come from and how they are kept: a Prometheus configuration's <c>global</c> and <c>scrape_configs</c>, and <c>store</c>.</summary>
/// <param name="Scraping">What is scraped.</param>
/// <param name="Store">How it is kept.</param>
public sealed record MetricsConfiguration(ScrapeConfiguration Scraping, StoreConfiguration Store);
