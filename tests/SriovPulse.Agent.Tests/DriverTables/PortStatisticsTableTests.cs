using SriovPulse.Agent.DriverTables;
using SriovPulse.Linux.Ethtool;
using SriovPulse.Linux.Netlink;
using SriovPulse.Testing.Netlink;

namespace SriovPulse.Agent.Tests.DriverTables;

public sealed class PortStatisticsTableTests
{
    // The statistics' names as the drivers of Linux 6.12.117 print them, among others that must not be taken for them.
    private static readonly Dictionary<string, string[]> s_namesByDriver = new()
    {
        ["mlx5_core"] = ["rx_packets", "rx_bytes", "tx_packets", "tx_bytes", "rx_vport_unicast_bytes", "tx_packets_phy", "rx_packets_phy", "tx_bytes_phy", "rx_bytes_phy", "rx_prio0_bytes"],
        ["mlx4_core"] = ["rx_packets", "rx_bytes", "pf_rx_bytes", "rx_packets_phy", "rx_bytes_phy", "tx_packets_phy", "tx_bytes_phy"],
        ["ice"] = ["rx_unicast", "rx_bytes", "tx_bytes", "rx_bytes.nic", "tx_bytes.nic", "rx_unicast.nic", "tx_unicast.nic", "rx_multicast.nic", "tx_multicast.nic", "rx_broadcast.nic", "tx_broadcast.nic"],
        ["i40e"] = ["rx_bytes", "veb.rx_bytes", "port.rx_bytes", "port.tx_bytes", "port.rx_unicast", "port.tx_unicast", "port.rx_multicast", "port.tx_multicast", "port.rx_broadcast", "port.tx_broadcast"],
        ["ixgbe"] = ["rx_packets", "tx_packets", "rx_bytes", "tx_bytes", "rx_pkts_nic", "tx_pkts_nic", "rx_bytes_nic", "tx_bytes_nic"],
        ["igb"] = ["rx_packets", "tx_packets", "rx_bytes", "tx_bytes", "rx_broadcast", "rx_queue_0_bytes"],
        ["bnxt_en"] = ["[0]: rx_ucast_packets", "[0]: rx_ucast_bytes", "rx_total_frames", "rx_good_frames", "rx_bytes", "tx_good_frames", "tx_bytes", "rx_bytes_cos0"],
        ["hns3"] = ["mac_tx_total_oct_num", "mac_tx_good_pkt_num", "mac_tx_good_oct_num", "mac_rx_good_pkt_num", "mac_rx_good_oct_num"],
        ["hinic"] = ["rx_unicast_bytes_vport", "mac_rx_good_pkt_num", "mac_rx_good_oct_num", "mac_tx_good_pkt_num", "mac_tx_good_oct_num"],
        ["sfc"] = ["port_tx_bytes", "port_tx_packets", "port_rx_bytes", "port_rx_packets", "rx_unicast_bytes"],
        ["nfp"] = ["dev_rx_bytes", "mac.rx_octets", "mac.rx_frames_received_ok", "mac.tx_octets", "mac.tx_frames_transmitted_ok"],
        ["rvu_nicpf"] = ["rx_bytes", "cgx_rxstat0: ", "cgx_rxstat1: ", "cgx_rxstat2: ", "cgx_txstat4: ", "cgx_txstat5: "],
        ["LiquidIO"] = ["rx_bytes", "mac_tx_total_pkts", "mac_tx_total_bytes", "mac_rx_total_rcvd", "mac_rx_bytes"],
        ["ionic"] = ["rx_bytes", "frames_rx_ok", "octets_rx_ok", "octets_rx_all", "frames_tx_ok", "octets_tx_ok"],
        ["funeth"] = ["mac_tx_octets_total", "mac_tx_frames_total", "mac_rx_octets_total", "mac_rx_frames_total"],
    };

    public static TheoryData<string> Drivers => [.. PortStatisticsTable.Rows.Select(row => row.Driver)];

    [Theory]
    [MemberData(nameof(Drivers))]
    public void Row_finds_all_four_counters_among_the_names_that_its_driver_prints(string driver)
    {
        Assert.True(PortStatisticsTable.TryGet(driver, out var row));
        var names = Padded(s_namesByDriver[driver]);

        var selection = new PortStatisticsSelection(row, names);
        var counters = selection.Take([.. Enumerable.Range(0, names.Count).Select(i => 1UL << i)]);

        Assert.Equal(Bits(row.ReceiveBytes, names), counters.ReceiveBytes);
        Assert.Equal(Bits(row.TransmitBytes, names), counters.TransmitBytes);
        Assert.Equal(Bits(row.ReceivePackets, names), counters.ReceivePackets);
        Assert.Equal(Bits(row.TransmitPackets, names), counters.TransmitPackets);
    }

    [Theory]
    [MemberData(nameof(Drivers))]
    public void Row_never_gives_one_statistic_two_meanings(string driver)
    {
        Assert.True(PortStatisticsTable.TryGet(driver, out var row));

        string[] all = [.. row.ReceiveBytes, .. row.TransmitBytes, .. row.ReceivePackets, .. row.TransmitPackets];

        Assert.Equal(all.Length, all.Distinct().Count());
        Assert.All(row.ReceiveBytes.Concat(row.ReceivePackets), name => Assert.Contains("rx", name, StringComparison.Ordinal));
        Assert.All(row.TransmitBytes.Concat(row.TransmitPackets), name => Assert.Contains("tx", name, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("be2net")]
    [InlineData("fsl_enetc")]
    [InlineData("netdevsim")]
    [InlineData("")]
    public void Driver_whose_port_is_not_known_has_no_row(string driver) => Assert.False(PortStatisticsTable.TryGet(driver, out _));

    [Fact]
    public void Sum_is_absent_when_one_of_its_parts_is_missing()
    {
        Assert.True(PortStatisticsTable.TryGet("i40e", out var row));
        var names = StatisticNames.Of("port.rx_bytes", "port.rx_unicast", "port.rx_multicast");

        var counters = new PortStatisticsSelection(row, names).Take([7, 1, 2]);

        Assert.Equal(new PortCounters(7, null, null, null), counters);
        Assert.False(counters.IsEmpty);
    }

    [Fact]
    public void Selection_is_empty_when_the_netdev_has_none_of_the_statistics()
    {
        Assert.True(PortStatisticsTable.TryGet("sfc", out var row));

        var selection = new PortStatisticsSelection(row, StatisticNames.Of("rx_unicast"));

        Assert.True(selection.IsEmpty);
        Assert.True(selection.Take([5]).IsEmpty);
    }

    [Fact]
    public void Selection_refuses_a_reading_of_other_names()
    {
        Assert.True(PortStatisticsTable.TryGet("igb", out var row));
        var selection = new PortStatisticsSelection(row, StatisticNames.Of("rx_bytes"));

        Assert.Throws<ArgumentException>(() => selection.Take([1, 2]));
    }

    [Fact]
    public void Standard_mac_statistics_give_the_same_counters()
    {
        var statistics = new StandardStatistics();

        // Group 1, eth-mac: 14 aOctetsReceivedOK is number 12 of its enumeration, 8 aOctetsTransmittedOK 6, 5 aFramesReceivedOK 3.
        statistics.Parse(new NetlinkAttributeReader(new AttributeBytes().Nest(4, group => group.Put(2, 1u)
            .Nest(4, stat => stat.Put(12, 1000ul)).Nest(4, stat => stat.Put(6, 2000ul)).Nest(4, stat => stat.Put(3, 30ul))).ToArray()));

        Assert.Equal(new PortCounters(1000, 2000, 30, null), PortCounters.OfStandardMac(statistics));
    }

    private static ulong Bits(IReadOnlyList<string> wanted, StatisticNames names) =>
        wanted.Aggregate(0UL, (sum, name) => sum | (1UL << names.IndexOf(System.Text.Encoding.UTF8.GetBytes(name))));

    // As the kernel gives them: 32 bytes each.
    private static StatisticNames Padded(string[] names)
    {
        var fields = new byte[names.Length * 32];
        for (var i = 0; i < names.Length; i++)
        {
            System.Text.Encoding.ASCII.GetBytes(names[i], fields.AsSpan(i * 32));
        }

        return StatisticNames.Parse(fields, 32);
    }
}
