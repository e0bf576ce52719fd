using SriovPulse.Agent.VfStatistics;
using SriovPulse.Core;

namespace SriovPulse.Agent.Tests.VfStatistics;

public sealed class VfCounterHistoryTests
{
    [Fact]
    public void Zeros_that_are_not_proven_mean_nothing_until_traffic_is_seen()
    {
        var history = default(VfCounterHistory);

        Assert.Equal(VfStatisticsReason.Unproven, history.Observe(Reading(0), 1, VfStatisticsSource.Rtnetlink, 1_000, VfZeros.Unproven));
        Assert.Equal(VfStatisticsReason.Unproven, history.Observe(Reading(0), 1, VfStatisticsSource.Rtnetlink, 900_000, VfZeros.Unproven));
        Assert.Equal(VfStatisticsReason.None, history.Observe(Reading(5), 1, VfStatisticsSource.Rtnetlink, 901_000, VfZeros.Unproven));
        Assert.Equal(VfStatisticsReason.None, history.Observe(Reading(6), 1, VfStatisticsSource.Rtnetlink, 902_000, VfZeros.Unproven));
    }

    [Fact]
    public void Nobody_knows_when_the_counters_of_a_VF_began_that_was_there_before()
    {
        var history = default(VfCounterHistory);

        history.Observe(Reading(5), 1, VfStatisticsSource.Rtnetlink, 1_000, VfZeros.Doubtful);

        Assert.Equal(0, history.CreatedUnixMilliseconds);
    }

    [Fact]
    public void Zeros_at_first_sight_may_be_a_reset_and_must_persist()
    {
        var history = default(VfCounterHistory);

        Assert.Equal(VfStatisticsReason.Resetting, history.Observe(Reading(0), 1, VfStatisticsSource.Rtnetlink, 1_000, VfZeros.Doubtful));
        Assert.Equal(VfStatisticsReason.Resetting, history.Observe(Reading(0), 1, VfStatisticsSource.Rtnetlink, 2_000, VfZeros.Doubtful));
        Assert.Equal(VfStatisticsReason.Resetting, history.Observe(Reading(0), 1, VfStatisticsSource.Rtnetlink, 30_999, VfZeros.Doubtful));
        Assert.Equal(VfStatisticsReason.None, history.Observe(Reading(0), 1, VfStatisticsSource.Rtnetlink, 31_000, VfZeros.Doubtful));
        Assert.Equal(0, history.CreatedUnixMilliseconds);
    }

    [Fact]
    public void Zeros_that_are_true_are_shown_at_once() =>
        Assert.Equal(VfStatisticsReason.None, default(VfCounterHistory).Observe(Reading(0), 1, VfStatisticsSource.Rtnetlink, 1_000, VfZeros.True));

    [Fact]
    public void Zeros_after_traffic_are_withheld_until_they_have_persisted_long_and_often_enough()
    {
        var history = default(VfCounterHistory);
        history.Observe(Reading(100), 1, VfStatisticsSource.Rtnetlink, 1_000, VfZeros.Doubtful);

        Assert.Equal(VfStatisticsReason.Resetting, history.Observe(Reading(0), 1, VfStatisticsSource.Rtnetlink, 2_000, VfZeros.Doubtful));
        Assert.Equal(VfStatisticsReason.Resetting, history.Observe(Reading(0), 1, VfStatisticsSource.Rtnetlink, 60_000, VfZeros.Doubtful));
        Assert.Equal(0, history.CreatedUnixMilliseconds);
        Assert.Equal(VfStatisticsReason.None, history.Observe(Reading(0), 1, VfStatisticsSource.Rtnetlink, 61_000, VfZeros.Doubtful));
        Assert.Equal(61_000, history.CreatedUnixMilliseconds);
        Assert.Equal(VfStatisticsReason.None, history.Observe(Reading(0), 1, VfStatisticsSource.Rtnetlink, 62_000, VfZeros.Doubtful));
    }

    [Fact]
    public void Many_readings_in_a_short_time_prove_nothing()
    {
        var history = default(VfCounterHistory);
        history.Observe(Reading(100), 1, VfStatisticsSource.Rtnetlink, 1_000, VfZeros.Doubtful);

        for (var time = 2_000; time < 31_000; time += 100)
        {
            Assert.Equal(VfStatisticsReason.Resetting, history.Observe(Reading(0), 1, VfStatisticsSource.Rtnetlink, time, VfZeros.Doubtful));
        }
    }

    [Fact]
    public void One_failed_reading_changes_nothing()
    {
        var history = default(VfCounterHistory);
        history.Observe(Reading(100), 1, VfStatisticsSource.Rtnetlink, 1_000, VfZeros.Doubtful);
        history.Observe(Reading(0), 1, VfStatisticsSource.Rtnetlink, 2_000, VfZeros.Doubtful);

        Assert.Equal(VfStatisticsReason.None, history.Observe(Reading(120), 1, VfStatisticsSource.Rtnetlink, 3_000, VfZeros.Doubtful));
        Assert.Equal(0, history.CreatedUnixMilliseconds);
    }

    [Fact]
    public void Lower_counter_is_a_restart_and_is_shown_as_it_is()
    {
        var history = default(VfCounterHistory);
        history.Observe(Reading(100), 1, VfStatisticsSource.Rtnetlink, 1_000, VfZeros.Doubtful);

        Assert.Equal(VfStatisticsReason.None, history.Observe(Reading(7), 1, VfStatisticsSource.Rtnetlink, 2_000, VfZeros.Doubtful));
        Assert.Equal(2_000, history.CreatedUnixMilliseconds);
    }

    [Fact]
    public void Recreated_vf_starts_anew_with_its_zeros()
    {
        var history = default(VfCounterHistory);
        history.Observe(Reading(100), 1, VfStatisticsSource.Rtnetlink, 1_000, VfZeros.Doubtful);

        Assert.Equal(VfStatisticsReason.None, history.Observe(Reading(0), 2, VfStatisticsSource.Rtnetlink, 2_000, VfZeros.Doubtful));
        Assert.Equal(2_000, history.CreatedUnixMilliseconds);
        Assert.False(history.HasSeenTraffic);
    }

    [Fact]
    public void Counters_of_another_source_are_others_and_nobody_knows_when_they_began()
    {
        var history = default(VfCounterHistory);
        history.Observe(Reading(100), 1, VfStatisticsSource.Rtnetlink, 1_000, VfZeros.Doubtful);

        Assert.Equal(VfStatisticsReason.None, history.Observe(Reading(7), 1, VfStatisticsSource.SysfsFile, 2_000, VfZeros.Doubtful));
        Assert.Equal(0, history.CreatedUnixMilliseconds);
    }

    [Fact]
    public void Zeros_of_a_VF_that_was_seen_to_be_made_are_true()
    {
        var history = VfCounterHistory.OfNew;

        Assert.Equal(VfStatisticsReason.None, history.Observe(Reading(0), 1, VfStatisticsSource.Rtnetlink, 1_000, VfZeros.Doubtful));
        Assert.Equal(1_000, history.CreatedUnixMilliseconds);
    }

    private static VfCounters Reading(ulong value)
    {
        var counters = default(VfCounters);
        counters.Set(VfCounter.ReceiveBytes, value);
        counters.Set(VfCounter.TransmitBytes, value * 2);
        return counters;
    }
}
