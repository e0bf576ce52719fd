using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace SriovPulse.Agent.DriverTables;

/// <summary>
/// Where each driver tells what its port carries. Only what the driver's source shows is here (Linux 6.12.117, drivers/net/ethernet); a driver
/// that is not here has no port family. Looked at and left out, because nothing they tell is known to count the VFs' frames:
/// be2net (queues only), bnx2x and qede (bytes per function; only size classes per port), enic (per vNIC), fm10k (the function's queues),
/// cxgb4 (port counters, but on the netdevs of a function that has no VFs), qlcnic (MAC counters of one chip generation, meaning not shown),
/// fsl_enetc (the low 32 bits only, which wrap in 14 s at 2.5 Gb/s).
/// <para>
/// Some drivers answer zeros when firmware fails or a reset runs (hns3_get_stats, hinic_get_ethtool_stats), and GSTATS cannot tell: counters that
/// were not zero and now all are, are to be treated as not read.
/// </para>
/// </summary>
public static class PortStatisticsTable
{
    private static readonly PortStatistics[] s_rows =
    [
        // mellanox/mlx5/core/en_stats.c, PPORT_802_3: 64-bit, read from firmware at each request; mlx5e_stats_eth_mac_get tells the same registers.
        // FCS: Documentation/networking/device_drivers/ethernet/mellanox/mlx5/counters.rst, rx_bytes_phy.
        new("mlx5_core")
        {
            ReceiveBytes = ["rx_bytes_phy"],
            TransmitBytes = ["tx_bytes_phy"],
            ReceivePackets = ["rx_packets_phy"],
            TransmitPackets = ["tx_packets_phy"],
            InStandardMacGroup = true,
        },

        // mellanox/mlx4/en_port.c, mlx4_en_DUMP_ETH_STATS: only filled on a PF; en_netdev.c polls every HZ/4.
        new("mlx4_core")
        {
            ReceiveBytes = ["rx_bytes_phy"],
            TransmitBytes = ["tx_bytes_phy"],
            ReceivePackets = ["rx_packets_phy"],
            TransmitPackets = ["tx_packets_phy"],
            RefreshPeriod = TimeSpan.FromMilliseconds(250),
        },

        // intel/ice/ice_main.c, ice_update_pf_stats: GLPRT_* registers of 40 bits, widened at each read and by the watchdog each second.
        // FCS: DPDK's ice driver takes four bytes per frame off the same registers.
        new("ice")
        {
            ReceiveBytes = ["rx_bytes.nic"],
            TransmitBytes = ["tx_bytes.nic"],
            ReceivePackets = ["rx_unicast.nic", "rx_multicast.nic", "rx_broadcast.nic"],
            TransmitPackets = ["tx_unicast.nic", "tx_multicast.nic", "tx_broadcast.nic"],
        },

        // intel/i40e/i40e_main.c, i40e_update_pf_stats: GLPRT_* registers of 48 bits, an offset taken off but not widened. FCS as for ice.
        new("i40e")
        {
            ReceiveBytes = ["port.rx_bytes"],
            TransmitBytes = ["port.tx_bytes"],
            ReceivePackets = ["port.rx_unicast", "port.rx_multicast", "port.rx_broadcast"],
            TransmitPackets = ["port.tx_unicast", "port.tx_multicast", "port.tx_broadcast"],
        },

        // intel/ixgbe/ixgbe_main.c, ixgbe_update_stats: GORC/GOTC/GPRC/GPTC, which clear when read, added up at each read and by the watchdog every 2 s.
        // FCS: the same function takes ETH_ZLEN + ETH_FCS_LEN off GOTC for each pause frame.
        new("ixgbe")
        {
            ReceiveBytes = ["rx_bytes_nic"],
            TransmitBytes = ["tx_bytes_nic"],
            ReceivePackets = ["rx_pkts_nic"],
            TransmitPackets = ["tx_pkts_nic"],
        },

        // intel/igb/igb_ethtool.c: these four are the MAC's GORC/GOTC/GPRC/GPTC (the netdev's own rx_bytes and so on are the PF's rings);
        // igb_update_stats adds them up at each read. FCS: DPDK's igb driver takes four bytes per frame off the same registers.
        new("igb")
        {
            ReceiveBytes = ["rx_bytes"],
            TransmitBytes = ["tx_bytes"],
            ReceivePackets = ["rx_packets"],
            TransmitPackets = ["tx_packets"],
        },

        // broadcom/bnxt/bnxt_ethtool.c, bnxt_port_stats_arr: firmware's port counters, fetched by a timer every stats_coal_ticks
        // (BNXT_DEF_STATS_COAL_TICKS, 1 s; ethtool -C stats-block-usecs). Absent when the function is not the port's master.
        new("bnxt_en")
        {
            ReceiveBytes = ["rx_bytes"],
            TransmitBytes = ["tx_bytes"],
            ReceivePackets = ["rx_good_frames"],
            TransmitPackets = ["tx_good_frames"],
            RefreshPeriod = TimeSpan.FromSeconds(1),
        },

        // hisilicon/hns3/hns3pf/hclge_main.c, g_mac_stats_string: the port's MAC, added up at each read.
        new("hns3")
        {
            ReceiveBytes = ["mac_rx_good_oct_num"],
            TransmitBytes = ["mac_tx_good_oct_num"],
            ReceivePackets = ["mac_rx_good_pkt_num"],
            TransmitPackets = ["mac_tx_good_pkt_num"],
        },

        // huawei/hinic/hinic_ethtool.c, hinic_port_stats: HINIC_PORT_CMD_GET_PORT_STATISTICS at each read.
        new("hinic")
        {
            ReceiveBytes = ["mac_rx_good_oct_num"],
            TransmitBytes = ["mac_tx_good_oct_num"],
            ReceivePackets = ["mac_rx_good_pkt_num"],
            TransmitPackets = ["mac_tx_good_pkt_num"],
        },

        // sfc/ef10.c, efx_ef10_stat_desc: the port's MAC, as opposed to the function's vadaptor statistics; firmware writes them to memory every
        // second (mcdi_port_common.c, efx_mcdi_mac_stats). Absent on functions that do not control the link.
        new("sfc")
        {
            ReceiveBytes = ["port_rx_bytes"],
            TransmitBytes = ["port_tx_bytes"],
            ReceivePackets = ["port_rx_packets"],
            TransmitPackets = ["port_tx_packets"],
            RefreshPeriod = TimeSpan.FromSeconds(1),
        },

        // netronome/nfp/nfp_net_ethtool.c, nfp_mac_et_stats: the MAC's counters, present on netdevs that stand for a physical port.
        new("nfp")
        {
            ReceiveBytes = ["mac.rx_octets"],
            TransmitBytes = ["mac.tx_octets"],
            ReceivePackets = ["mac.rx_frames_received_ok"],
            TransmitPackets = ["mac.tx_frames_transmitted_ok"],
        },

        // marvell/octeontx2/nic/otx2_ethtool.c prints CGX counters by number; af/rvu_debugfs.c (cgx_rx_stats_fields, cgx_tx_stats_fields) names them:
        // rx 0 packets, 1 octets; tx 4 octets, 5 frames. CN10K does not have them.
        new("rvu_nicpf")
        {
            ReceiveBytes = ["cgx_rxstat1:"],
            TransmitBytes = ["cgx_txstat4:"],
            ReceivePackets = ["cgx_rxstat0:"],
            TransmitPackets = ["cgx_txstat5:"],
        },

        // cavium/liquidio/lio_ethtool.c: BGX MAC registers (CVMX_BGXX_CMRX_*), polled every LIQUIDIO_NDEV_STATS_POLL_TIME_MS.
        new("LiquidIO")
        {
            ReceiveBytes = ["mac_rx_bytes"],
            TransmitBytes = ["mac_tx_total_bytes"],
            ReceivePackets = ["mac_rx_total_rcvd"],
            TransmitPackets = ["mac_tx_total_pkts"],
            RefreshPeriod = TimeSpan.FromMilliseconds(200),
        },

        // pensando/ionic/ionic_stats.c, ionic_port_stats_desc: the uplink's MAC, written to memory by firmware at a period that the driver does not tell.
        new("ionic")
        {
            ReceiveBytes = ["octets_rx_ok"],
            TransmitBytes = ["octets_tx_ok"],
            ReceivePackets = ["frames_rx_ok"],
            TransmitPackets = ["frames_tx_ok"],
            RefreshPeriod = null,
        },

        // fungible/funeth/funeth_ethtool.c, mac_rx_stat_names and mac_tx_stat_names: only with FUN_PORT_CAP_STATS, written to memory by the device.
        new("funeth")
        {
            ReceiveBytes = ["mac_rx_octets_total"],
            TransmitBytes = ["mac_tx_octets_total"],
            ReceivePackets = ["mac_rx_frames_total"],
            TransmitPackets = ["mac_tx_frames_total"],
            RefreshPeriod = null,
        },
    ];

    private static readonly FrozenDictionary<string, PortStatistics> s_byDriver = s_rows.ToFrozenDictionary(row => row.Driver, StringComparer.Ordinal);

    /// <summary>All rows.</summary>
    public static IReadOnlyList<PortStatistics> Rows => s_rows;

    /// <summary>The row of a driver; false when what its port carries is not known.</summary>
    public static bool TryGet(string driver, [NotNullWhen(true)] out PortStatistics? row) => s_byDriver.TryGetValue(driver, out row);
}
