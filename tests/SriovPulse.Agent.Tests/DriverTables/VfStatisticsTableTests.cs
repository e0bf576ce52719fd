using SriovPulse.Agent.DriverTables;
using SriovPulse.Core;

namespace SriovPulse.Agent.Tests.DriverTables;

public sealed class VfStatisticsTableTests
{
    [Fact]
    public void Rows_are_one_per_driver() =>
        Assert.Equal(VfStatisticsTable.Rows.Count, VfStatisticsTable.Rows.Select(row => row.Driver).Distinct().Count());

    [Theory]
    [InlineData("i40e")]
    [InlineData("ixgbe")]
    [InlineData("mlx4_core")]
    public void Zeros_of_a_driver_that_fills_the_counters_are_real(string driver)
    {
        var reading = AllZero();

        Assert.True(VfStatisticsTable.For(driver).RemoveFalseZeros(ref reading, nonZeroSeen: false));
        Assert.True(reading.TryGet(VfCounter.ReceiveBytes, out var value));
        Assert.Equal(0UL, value);
    }

    [Theory]
    [InlineData("igb", VfStatisticsTrust.Unknown)]
    [InlineData("some-future-driver", VfStatisticsTrust.Unknown)]
    [InlineData("bnxt_en", VfStatisticsTrust.LeftZero)]
    [InlineData("netdevsim", VfStatisticsTrust.LeftZero)]
    [InlineData("ena", VfStatisticsTrust.NoVfInformation)]
    public void Zeros_of_a_driver_that_may_tell_nothing_are_not_used(string driver, VfStatisticsTrust trust)
    {
        var reading = AllZero();
        var capability = VfStatisticsTable.For(driver);

        Assert.Equal(trust, capability.Trust);
        Assert.False(capability.RemoveFalseZeros(ref reading, nonZeroSeen: false));
        Assert.True(reading.IsEmpty);
    }

    [Fact]
    public void Igb_with_the_extra_op_is_believed_from_the_first_value_that_is_not_zero()
    {
        var igb = VfStatisticsTable.For("igb");
        var reading = AllZero();
        reading.Set(VfCounter.ReceivePackets, 27);

        Assert.True(igb.RemoveFalseZeros(ref reading, nonZeroSeen: false));
        Assert.True(reading.TryGet(VfCounter.ReceivePackets, out var packets));
        Assert.Equal(27UL, packets);
        Assert.True(reading.TryGet(VfCounter.TransmitBytes, out _));
        Assert.False(reading.TryGet(VfCounter.ReceiveDroppedPackets, out _));
    }

    [Fact]
    public void Idle_vf_is_believed_once_its_pf_has_told_something()
    {
        var reading = AllZero();

        Assert.True(VfStatisticsTable.For("igb").RemoveFalseZeros(ref reading, nonZeroSeen: true));
        Assert.True(reading.TryGet(VfCounter.ReceiveBytes, out _));
        Assert.False(reading.TryGet(VfCounter.ReceiveBroadcastPackets, out _));
    }

    [Fact]
    public void Counter_that_the_driver_does_not_fill_is_absent_but_a_value_other_than_zero_stays()
    {
        var ixgbe = VfStatisticsTable.For("ixgbe");
        var reading = AllZero();
        reading.Set(VfCounter.TransmitDroppedPackets, 3);

        ixgbe.RemoveFalseZeros(ref reading, nonZeroSeen: true);

        Assert.True(reading.TryGet(VfCounter.ReceiveMulticastPackets, out _));
        Assert.False(reading.TryGet(VfCounter.ReceiveBroadcastPackets, out _));
        Assert.False(reading.TryGet(VfCounter.ReceiveDroppedPackets, out _));
        Assert.True(reading.TryGet(VfCounter.TransmitDroppedPackets, out var dropped));
        Assert.Equal(3UL, dropped);
    }

    [Fact]
    public void Mlx5_tells_drops_in_legacy_mode_only()
    {
        Assert.Contains(VfCounter.ReceiveDroppedPackets, VfStatisticsTable.For("mlx5_core").Counters);
        Assert.DoesNotContain(VfCounter.ReceiveDroppedPackets, VfStatisticsTable.For("mlx5_core", switchdev: true).Counters);
        Assert.Contains(VfCounter.ReceiveBroadcastPackets, VfStatisticsTable.For("mlx5_core", switchdev: true).Counters);
    }

    [Fact]
    public void Mlx5_over_infiniband_counts_no_broadcasts_and_no_drops()
    {
        var capability = VfStatisticsTable.For("mlx5_core", switchdev: true, infiniBand: true);

        Assert.DoesNotContain(VfCounter.ReceiveBroadcastPackets, capability.Counters);
        Assert.DoesNotContain(VfCounter.ReceiveDroppedPackets, capability.Counters);
    }

    [Fact]
    public void Reading_without_values_stays_empty()
    {
        var reading = default(VfCounters);

        VfStatisticsTable.For("ice").RemoveFalseZeros(ref reading, nonZeroSeen: true);

        Assert.True(reading.IsEmpty);
    }

    private static VfCounters AllZero()
    {
        var reading = default(VfCounters);
        foreach (var counter in Enum.GetValues<VfCounter>())
        {
            reading.Set(counter, 0);
        }

        return reading;
    }
}
