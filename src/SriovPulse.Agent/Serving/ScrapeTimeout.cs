using System.Globalization;

namespace SriovPulse.Agent.Serving;

/// <summary>How long a scraper waits, as it says itself.</summary>
/// <param name="Patience">How long a collection may take for it.</param>
/// <param name="Total">After this time from the request it reads no more.</param>
internal readonly record struct ScrapeTimeout(TimeSpan Patience, TimeSpan Total)
{
    /// <summary>The header that Prometheus sends with each scrape.</summary>
    public const string Header = "X-Prometheus-Scrape-Timeout-Seconds";

    private static readonly TimeSpan s_default = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(5);

    // All who ask at the same time share a collection: nobody may cut it short for the others by impatience alone.
    private static readonly TimeSpan s_leastPatience = TimeSpan.FromSeconds(0.5);

    /// <summary>Reads the header's value; ten seconds where it is missing or makes no sense.</summary>
    /// <param name="value">Value of <see cref="Header"/>.</param>
    /// <param name="offset">What is kept for rendering and sending; not where that would leave nothing.</param>
    public static ScrapeTimeout Parse(string? value, TimeSpan offset)
    {
        var isSaid = double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds > 0;
        var total = !isSaid ? s_default : seconds < s_longest.TotalSeconds ? TimeSpan.FromSeconds(seconds) : s_longest;
        var patience = offset < total ? total - offset : total;
        return new(patience < s_leastPatience ? s_leastPatience : patience, total);
    }
}
