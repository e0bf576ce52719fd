using SriovPulse.Metrics.Scraping;
using SriovPulse.Metrics.Scraping.Discovery;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Tests.Scraping;

public sealed class ScrapeScheduleTests
{
    private const long Interval = 15_000;

    [Fact]
    public void Due_times_are_an_interval_apart_and_stay_so_over_a_restart()
    {
        var first = Schedule(1).NextAfter(1_700_000_000_000);

        Assert.InRange(first, 1_700_000_000_001, 1_700_000_000_000 + Interval);
        Assert.Equal(first + Interval, Schedule(1).NextAfter(first));
        Assert.Equal(first + (7 * Interval), Schedule(1).NextAfter(first + (6 * Interval) + 1));
    }

    [Fact]
    public void Targets_are_spread_evenly()
    {
        var perSecond = new int[15];
        for (var i = 0; i < 1_500; i++)
        {
            perSecond[Schedule(i).NextAfter(0) % Interval / 1_000]++;
        }

        // A hundred each; 70 to 130 is three standard deviations.
        Assert.All(perSecond, static count => Assert.InRange(count, 70, 130));
    }

    [Fact]
    public void A_little_late_counts_as_in_time()
    {
        Assert.Equal(1_000, Schedule(1).Timestamp(1_000, 1_002));
        Assert.Equal(1_003, Schedule(1).Timestamp(1_000, 1_003));
    }

    private static ScrapeSchedule Schedule(int host) => new(new ScrapeTarget(
        Labels.Create(new Label("instance", $"h{host}:9836")), new Uri($"http://h{host}:9836/metrics"), TimeSpan.FromMilliseconds(Interval), TimeSpan.FromSeconds(10)));
}
