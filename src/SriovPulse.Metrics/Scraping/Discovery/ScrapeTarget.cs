using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Scraping.Discovery;

/// <summary>What is scraped, how often. Equal when all of it is.</summary>
/// <param name="Labels">What its series get.</param>
/// <param name="Url">Where the exposition is.</param>
/// <param name="Interval">How often.</param>
/// <param name="Timeout">How long a scrape may take.</param>
public sealed record ScrapeTarget(Labels Labels, Uri Url, TimeSpan Interval, TimeSpan Timeout);
