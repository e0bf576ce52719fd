namespace SriovPulse.Metrics.Scraping;

/// <summary>A scrape failed for what the target did, or for a limit that it went over.</summary>
public sealed class ScrapeException(string message, Exception? inner = null) : Exception(message, inner);
