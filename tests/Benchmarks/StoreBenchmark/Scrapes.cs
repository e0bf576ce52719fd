using SriovPulse.Metrics.Ingest;
using SriovPulse.Metrics.Store;

namespace SriovPulse.Benchmarks.Store;

/// <summary>Scrapes a fleet into a store as the scrape loop does.</summary>
internal sealed class Scrapes(Fleet fleet, SteppedTime time, SeriesStore store)
{
    private readonly IScrapeTarget[] _targets = [.. Enumerable.Range(0, fleet.Hosts).Select(host => store.OpenTarget(Fleet.Target(host)))];

    /// <summary>How far one scrape of a target is from the next.</summary>
    public static TimeSpan Interval { get; } = TimeSpan.FromSeconds(15);

    /// <summary>Scrapes every host once, spread over the interval.</summary>
    public void Cycle()
    {
        for (var host = 0; host < fleet.Hosts; host++)
        {
            var timestamp = time.Milliseconds + (host * (long)Interval.TotalMilliseconds / fleet.Hosts);
            using var appender = _targets[host].Begin(timestamp);
            var values = fleet.Values.AsSpan(host * fleet.SeriesPerHost, fleet.SeriesPerHost);
            for (var i = 0; i < values.Length; i++)
            {
                if (!appender.TryAdd(fleet.Text(host, i), timestamp, values[i]))
                {
                    appender.Add(fleet.Text(host, i), fleet.LabelsOf(host, i), timestamp, values[i]);
                }
            }

            var outcome = appender.Commit();
            if (outcome.Added != values.Length)
            {
                throw new InvalidOperationException($"{outcome.Added} of {values.Length} samples added");
            }
        }
    }
}
