using SriovPulse.Metrics.Scraping.Discovery;

namespace SriovPulse.Metrics.Scraping;

/// <summary>
/// When a target is scraped: at a phase of its interval that depends on the target alone. So targets are spread evenly, and a restart keeps the
/// rhythm.
/// </summary>
internal sealed class ScrapeSchedule
{
    // As Prometheus: a scrape this late still gets its due time, so that timestamps are regular.
    private const long MostTolerance = 2;

    private readonly long _interval;
    private readonly long _phase;

    public ScrapeSchedule(ScrapeTarget target)
    {
        _interval = Math.Max(1, (long)target.Interval.TotalMilliseconds);
        _phase = (long)(Hash(target) % (ulong)_interval);
    }

    /// <summary>The first due time after a time; both in milliseconds since 1970.</summary>
    public long NextAfter(long time)
    {
        var since = (time - _phase) % _interval;
        return time + _interval - (since < 0 ? since + _interval : since);
    }

    /// <summary>The timestamp of a scrape that began at a time.</summary>
    public long Timestamp(long due, long began) => began - due <= Math.Min(MostTolerance, _interval / 100) ? due : began;

    // FNV-1a: the runtime's own hash of text differs from process to process.
    private static ulong Hash(ScrapeTarget target)
    {
        var hash = 14_695_981_039_346_656_037;
        foreach (var c in $"{target.Labels} {target.Url}")
        {
            hash = (hash ^ c) * 1_099_511_628_211;
        }

        // The lowest bits of FNV mix badly, and a modulus looks at them.
        return hash ^ (hash >> 32);
    }
}
