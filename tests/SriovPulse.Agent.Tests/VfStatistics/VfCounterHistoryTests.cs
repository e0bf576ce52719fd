using SriovPulse.Agent.VfStatistics;
using SriovPulse.Core;

namespace SriovPulse.Agent.Tests.VfStatistics;

public sealed class VfCounterHistoryTests
{
    [Fact]
    public void Zeros_of_a_driver_that_is_not_trusted_mean_nothing_until_traffic_is_seen()
    {
        var history = default(VfCounterHistory);

        Assert.Equal(VfStatisticsReason.Unproven, history.Observe(Reading(0), 1, 1000, trusted: false));
        Assert.Equal(VfStatisticsReason.None, history.Observe(Reading(5), 1, 2000, trusted: false));
        Assert.Equal(VfStatisticsReason.None, history.Observe(Reading(6), 1, 3000, trusted: false));
    }

    [Fact]
    public void Zeros_of_a_trusted_driver_are_zeros()
    {
        var history = default(VfCounterHistory);

        Assert.Equal(VfStatisticsReason.None, history.Observe(Reading(0), 1, 1000, trusted: true));
        Assert.Equal(1000, history.CreatedUnixMilliseconds);
    }

    [Fact]
    public void Zeros_after_traffic_are_withheld_until_they_persist()
    {
        var history = default(VfCounterHistory);
        history.Observe(Reading(100), 1, 1000, trusted: true);

        Assert.Equal(VfStatisticsReason.Resetting, history.Observe(Reading(0), 1, 2000, trusted: true));
        Assert.Equal(VfStatisticsReason.Resetting, history.Observe(Reading(0), 1, 3000, trusted: true));
        Assert.Equal(1000, history.CreatedUnixMilliseconds);
        Assert.Equal(VfStatisticsReason.None, history.Observe(Reading(0), 1, 4000, trusted: true));
        Assert.Equal(4000, history.CreatedUnixMilliseconds);
        Assert.Equal(VfStatisticsReason.None, history.Observe(Reading(0), 1, 5000, trusted: true));
    }

    [Fact]
    public void One_failed_reading_changes_nothing()
    {
        var history = default(VfCounterHistory);
        history.Observe(Reading(100), 1, 1000, trusted: true);
        history.Observe(Reading(0), 1, 2000, trusted: true);

        Assert.Equal(VfStatisticsReason.None, history.Observe(Reading(120), 1, 3000, trusted: true));
        Assert.Equal(1000, history.CreatedUnixMilliseconds);
    }

    [Fact]
    public void Lower_counter_is_a_restart_and_is_shown_as_it_is()
    {
        var history = default(VfCounterHistory);
        history.Observe(Reading(100), 1, 1000, trusted: true);

        Assert.Equal(VfStatisticsReason.None, history.Observe(Reading(7), 1, 2000, trusted: true));
        Assert.Equal(2000, history.CreatedUnixMilliseconds);
    }

    [Fact]
    public void Recreated_vf_starts_anew_with_its_zeros()
    {
        var history = default(VfCounterHistory);
        history.Observe(Reading(100), 1, 1000, trusted: true);

        Assert.Equal(VfStatisticsReason.None, history.Observe(Reading(0), 2, 2000, trusted: true));
        Assert.Equal(2000, history.CreatedUnixMilliseconds);
        Assert.False(history.HasSeenTraffic);
    }

    private static VfCounters Reading(ulong value)
    {
        var counters = default(VfCounters);
        counters.Set(VfCounter.ReceiveBytes, value);
        counters.Set(VfCounter.TransmitBytes, value * 2);
        return counters;
    }
}
