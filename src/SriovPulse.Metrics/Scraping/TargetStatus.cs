using SriovPulse.Metrics.Ingest;
using SriovPulse.Metrics.Scraping.Discovery;

namespace SriovPulse.Metrics.Scraping;

/// <summary>How a target stands.</summary>
/// <param name="Job">Its job.</param>
/// <param name="Target">The target.</param>
/// <param name="IsUp">Whether its last scrape succeeded; null before the first.</param>
/// <param name="Problem">What was wrong with its last scrape; empty when nothing was.</param>
/// <param name="LastScrape">When it was scraped last.</param>
/// <param name="Duration">How long that took.</param>
/// <param name="Outcome">What became of its samples.</param>
public sealed record TargetStatus(
    string Job, ScrapeTarget Target, bool? IsUp, string Problem, DateTimeOffset? LastScrape, TimeSpan Duration, AppendOutcome Outcome);
