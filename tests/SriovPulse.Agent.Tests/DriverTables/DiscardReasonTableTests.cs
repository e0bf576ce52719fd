using System.Text;
using SriovPulse.Agent.DriverTables;
using SriovPulse.Linux.Ethtool;

namespace SriovPulse.Agent.Tests.DriverTables;

public sealed class DiscardReasonTableTests
{
    public static TheoryData<string> Drivers => [.. DiscardReasonTable.Rows.Select(row => row.Driver)];

    [Theory]
    [MemberData(nameof(Drivers))]
    public void Row_maps_each_statistic_once(string driver)
    {
        Assert.True(DiscardReasonTable.TryGet(driver, out var row));

        Assert.NotEmpty(row.All);
        Assert.Equal(row.All.Count, row.All.Select(statistic => statistic.Name).Distinct().Count());
        Assert.All(row.All, statistic => Assert.True(statistic.Name.Count(c => c == '*') <= 1 && statistic.Name.Length <= 31, statistic.Name));
    }

    [Fact]
    public void Every_reason_has_a_label_of_its_own()
    {
        var reasons = Enum.GetValues<DiscardReason>();

        Assert.Equal(DiscardReasons.Count, reasons.Length);
        Assert.Equal(reasons.Length, reasons.Select(DiscardReasons.Label).Distinct().Count());
        Assert.All(reasons, reason => Assert.Matches("^[a-z_]+$", reason.Label()));
    }

    [Theory]
    [InlineData("igb", "rx_no_buffer_count")]
    [InlineData("ixgbe", "rx_no_buffer_count")]
    [InlineData("mlx5_core", "outbound_pci_stalled_wr")]
    [InlineData("mlx5_core", "rx_bytes_phy")]
    [InlineData("igb", "rx_queue_0_packets")]
    public void Statistic_that_counts_no_lost_frames_is_not_in_the_list(string driver, string name)
    {
        Assert.True(DiscardReasonTable.TryGet(driver, out var row));

        Assert.DoesNotContain(row.All, statistic => statistic.Matches(Encoding.UTF8.GetBytes(name)));
    }

    [Theory]
    [InlineData("rx_queue_*_drops", "rx_queue_0_drops", true)]
    [InlineData("rx_queue_*_drops", "rx_queue_15_drops", true)]
    [InlineData("rx_queue_*_drops", "rx_queue__drops", false)]
    [InlineData("rx_queue_*_drops", "rx_queue_a_drops", false)]
    [InlineData("rx_queue_*_drops", "rx_queue_0_packets", false)]
    [InlineData("rx_queue_*_drops", "rx_queue_drops", false)]
    [InlineData("[*]: rx_discards", "[3]: rx_discards", true)]
    [InlineData("plain", "plain", true)]
    [InlineData("plain", "plainer", false)]
    [InlineData("tail*", "tail7", true)]
    [InlineData("tail*", "tail", false)]
    public void Star_stands_for_a_number(string pattern, string name, bool matches)
    {
        var statistic = new DiscardStatistic(pattern, TrafficDirection.Receive, DiscardReason.NoBuffer);

        Assert.Equal(matches, statistic.Matches(Encoding.UTF8.GetBytes(name)));
    }

    [Fact]
    public void Reading_is_added_up_by_direction_and_reason()
    {
        Assert.True(DiscardReasonTable.TryGet("igb", out var row));
        var names = StatisticNames.Of("rx_packets", "rx_queue_0_drops", "rx_queue_1_drops", "rx_missed_errors", "rx_crc_errors", "rx_long_length_errors");
        var selection = new DiscardSelection(row, names);
        var sums = new ulong[DiscardSelection.SlotCount];
        sums[3] = 99;

        selection.Sum([1000, 1, 2, 10, 100, 200], sums);

        Assert.Equal(3UL, sums[DiscardSelection.Slot(TrafficDirection.Receive, DiscardReason.NoBuffer)]);
        Assert.Equal(10UL, sums[DiscardSelection.Slot(TrafficDirection.Receive, DiscardReason.BufferOverflow)]);
        Assert.Equal(300UL, sums[DiscardSelection.Slot(TrafficDirection.Receive, DiscardReason.BadFrame)]);
        Assert.Equal(313UL, sums.Aggregate((a, b) => a + b));
    }

    [Fact]
    public void Reason_that_the_netdev_does_not_tell_is_absent()
    {
        Assert.True(DiscardReasonTable.TryGet("mlx5_core", out var row));

        var selection = new DiscardSelection(row, StatisticNames.Of("rx_discards_phy", "tx_discards_phy"));

        Assert.True(selection.IsPresent(TrafficDirection.Receive, DiscardReason.BufferOverflow));
        Assert.True(selection.IsPresent(TrafficDirection.Transmit, DiscardReason.Unspecified));
        Assert.False(selection.IsPresent(TrafficDirection.Receive, DiscardReason.BusCongested));
        Assert.False(selection.IsPresent(TrafficDirection.Transmit, DiscardReason.BufferOverflow));
        Assert.False(selection.IsEmpty);
        Assert.True(new DiscardSelection(row, StatisticNames.Of("rx_bytes")).IsEmpty);
    }

    [Fact]
    public void Selection_refuses_what_does_not_fit()
    {
        Assert.True(DiscardReasonTable.TryGet("igb", out var row));
        var selection = new DiscardSelection(row, StatisticNames.Of("rx_missed_errors"));

        Assert.Throws<ArgumentException>(() => selection.Sum([1, 2], new ulong[DiscardSelection.SlotCount]));
        Assert.Throws<ArgumentException>(() => selection.Sum([1], new ulong[3]));
    }

    [Theory]
    [InlineData("ena")]
    [InlineData("no-such-driver")]
    public void Driver_without_known_discards_has_no_row(string driver) => Assert.False(DiscardReasonTable.TryGet(driver, out _));
}
