using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using static SriovPulse.Agent.DriverTables.DiscardReason;

namespace SriovPulse.Agent.DriverTables;

/// <summary>
/// The allow-list of drivers' statistics that count discarded frames, and what each means (Linux 6.12.117, drivers/net/ethernet). A statistic is here
/// only when it counts frames that were lost, and no frame that another one here counts. So these are not: igb's and ixgbe's
/// <c>rx_no_buffer_count</c> (the frame may still be stored later), mlx5's <c>outbound_pci_stalled_*</c> (percent and seconds), ena's
/// <c>*_allowance_exceeded</c> (queued or dropped), jabbers on Intel (counted as bad CRC as well), drivers' <c>rx_dropped</c> totals.
/// Several of Intel's and be2net's statistics are 32 bits wide and wrap.
/// </summary>
public static class DiscardReasonTable
{
    private static readonly DiscardStatistics[] s_rows =
    [
        // mellanox/mlx5/core/en_stats.c; meaning: Documentation/networking/device_drivers/ethernet/mellanox/mlx5/counters.rst.
        // rx_out_of_buffer counts the PF netdev's own queues; tx_discards_phy: link down, head of line drop, pause.
        new(
            "mlx5_core",
            Receive:
            [
                ("rx_discards_phy", BufferOverflow),
                ("rx_out_of_buffer", NoBuffer),
                ("rx_steer_missed_packets", NoMatch),
                ("rx_crc_errors_phy", BadFrame),
                ("rx_symbol_err_phy", BadFrame),
                ("rx_oversize_pkts_phy", BadFrame),
                ("rx_undersize_pkts_phy", BadFrame),
                ("outbound_pci_buffer_overflow", BusCongested),
            ],
            Transmit: [("tx_discards_phy", Unspecified)]),

        // mellanox/mlx4/en_port.c: rx_fifo_errors is RdropOvflw, rx_length_errors RdropLength, rx_crc_errors RCRC.
        new(
            "mlx4_core",
            Receive: [("rx_fifo_errors", BufferOverflow), ("rx_crc_errors", BadFrame), ("rx_length_errors", BadFrame)],
            Transmit: []),

        // intel/ice/ice_ethtool.c: rx_dropped.nic is PRTRPB_RDPC, rx_dropped the PF's own VSI.
        new(
            "ice",
            Receive:
            [
                ("rx_dropped.nic", BufferOverflow),
                ("rx_dropped", NoBuffer),
                ("rx_crc_errors.nic", BadFrame),
                ("rx_undersize.nic", BadFrame),
                ("rx_fragments.nic", BadFrame),
                ("rx_oversize.nic", BadFrame),
            ],
            Transmit: [("tx_dropped_link_down.nic", LinkDown)]),

        // intel/i40e/i40e_ethtool.c: GLPRT_RDPC is named port.rx_discards now and was port.rx_dropped before; never both.
        new(
            "i40e",
            Receive:
            [
                ("port.rx_discards", BufferOverflow),
                ("port.rx_dropped", BufferOverflow),
                ("port.rx_crc_errors", BadFrame),
                ("port.rx_undersize", BadFrame),
                ("port.rx_fragments", BadFrame),
                ("port.rx_oversize", BadFrame),
            ],
            Transmit: [("port.tx_dropped_link_down", LinkDown)]),

        // intel/ixgbe/ixgbe_main.c, ixgbe_update_stats: QPRDC of every queue counter, MPC of every packet buffer, CRCERRS.
        new(
            "ixgbe",
            Receive:
            [
                ("rx_no_dma_resources", NoBuffer),
                ("rx_missed_errors", BufferOverflow),
                ("rx_crc_errors", BadFrame),
                ("rx_long_length_errors", BadFrame),
                ("rx_short_length_errors", BadFrame),
            ],
            Transmit: []),

        // intel/igb/igb_main.c, igb_update_stats: RQDPC per queue, MPC, CRCERRS, ROC, RUC. tx_carrier_errors and the like are half-duplex matters.
        new(
            "igb",
            Receive:
            [
                ("rx_queue_*_drops", NoBuffer),
                ("rx_missed_errors", BufferOverflow),
                ("rx_crc_errors", BadFrame),
                ("rx_long_length_errors", BadFrame),
                ("rx_short_length_errors", BadFrame),
            ],
            Transmit: []),

        // broadcom/bnxt/bnxt_ethtool.c: per ring of the PF, and the port's own.
        new(
            "bnxt_en",
            Receive:
            [
                ("[*]: rx_discards", NoBuffer),
                ("rx_stat_discard", Unspecified),
                ("rx_fcs_err_frames", BadFrame),
                ("rx_undrsz_frames", BadFrame),
                ("rx_ovrsz_frames", BadFrame),
            ],
            Transmit: [("tx_stat_discard", Unspecified)]),

        // broadcom/bnx2x/bnx2x_ethtool.c: rx_discards is no_buff_discard, rx_brb_discard the big receive buffer.
        new(
            "bnx2x",
            Receive:
            [
                ("rx_discards", NoBuffer),
                ("rx_brb_discard", BufferOverflow),
                ("rx_filtered_packets", NoMatch),
                ("rx_mf_tag_discard", NoMatch),
                ("rx_crc_errors", BadFrame),
                ("rx_undersize_packets", BadFrame),
                ("rx_oversize_packets", BadFrame),
            ],
            Transmit: []),

        // qlogic/qede/qede_ethtool.c.
        new(
            "qede",
            Receive:
            [
                ("no_buff_discards", NoBuffer),
                ("brb_discards", BufferOverflow),
                ("mac_filter_discards", NoMatch),
                ("mftag_filter_discards", NoMatch),
                ("gft_filter_drop", Policy),
                ("rx_crc_errors", BadFrame),
                ("rx_undersize_packets", BadFrame),
                ("rx_oversize_packets", BadFrame),
            ],
            Transmit: [("tx_err_drop_pkts", Unspecified)]),

        // emulex/benet/be_ethtool.c, meaning in the comments there.
        new(
            "be2net",
            Receive:
            [
                ("rxq*: rx_drops_no_frags", NoBuffer),
                ("rx_drops_no_erx_descr", NoBuffer),
                ("rx_drops_no_pbuf", BufferOverflow),
                ("rx_input_fifo_overflow_drop", BufferOverflow),
                ("rxpp_fifo_overflow_drop", BufferOverflow),
                ("pmem_fifo_overflow_drop", BufferOverflow),
                ("rx_address_filtered", NoMatch),
                ("eth_red_drops", Policy),
                ("rx_crc_errors", BadFrame),
                ("rx_frame_too_long", BadFrame),
                ("rx_drops_mtu", BadFrame),
            ],
            Transmit: [("txq*: tx_spoof_check_err", Policy)]),

        // sfc/ef10.c: packet memory (pm) bounce buffer and virtual FIFO, descriptors (nodesc).
        new(
            "sfc",
            Receive:
            [
                ("port_rx_nodesc_drops", NoBuffer),
                ("port_rx_pm_discard_bb_overflow", BufferOverflow),
                ("port_rx_pm_discard_vfifo_full", BufferOverflow),
                ("port_rx_pm_discard_mapping", NoMatch),
                ("port_rx_bad", BadFrame),
            ],
            Transmit: []),

        // netronome/nfp/nfp_net_ethtool.c: MAC statistics (names cut to 31 characters), and the vNIC's own discards.
        new(
            "nfp",
            Receive:
            [
                ("mac.rx_drop_events", BufferOverflow),
                ("mac.rx_mac_head_drop", BufferOverflow),
                ("mac.rx_frame_check_sequence_err", BadFrame),
                ("mac.rx_undersize_pkts", BadFrame),
                ("mac.rx_oversize_pkts", BadFrame),
                ("dev_rx_discards", Unspecified),
            ],
            Transmit: [("mac.tx_queue_drop", BufferOverflow), ("dev_tx_discards", Unspecified)]),

        // hisilicon/hns3/hns3pf/hclge_main.c.
        new(
            "hns3",
            Receive: [("mac_rx_fcs_err_pkt_num", BadFrame), ("mac_rx_undersize_pkt_num", BadFrame), ("mac_rx_oversize_pkt_num", BadFrame)],
            Transmit: []),

        // huawei/hinic/hinic_ethtool.c: the vport's discards are the PF's own.
        new(
            "hinic",
            Receive:
            [
                ("rx_discard_vport", Unspecified),
                ("mac_rx_fcs_err_pkt_num", BadFrame),
                ("mac_rx_undersize_pkt_num", BadFrame),
                ("mac_rx_oversize_pkt_num", BadFrame),
            ],
            Transmit: [("tx_discard_vport", Unspecified)]),

        // marvell/octeontx2/af/rvu_debugfs.c, cgx_rx_stats_fields: 4 filtered by address, 6 receive FIFO full, 8 errors.
        new(
            "rvu_nicpf",
            Receive: [("cgx_rxstat4:", NoMatch), ("cgx_rxstat6:", BufferOverflow), ("cgx_rxstat8:", BadFrame)],
            Transmit: []),

        // cavium/liquidio/lio_ethtool.c: BGX receive FIFO and address filter.
        new(
            "LiquidIO",
            Receive: [("mac_rx_fifo_err", BufferOverflow), ("mac_rx_dma_drop", NoMatch), ("mac_rx_fcs_err", BadFrame)],
            Transmit: []),

        // pensando/ionic/ionic_lif.c, ionic_get_stats64: hw_rx_over_errors is rx_queue_empty; hw_*_dropped is the function's own total.
        new(
            "ionic",
            Receive: [("hw_rx_over_errors", NoBuffer), ("frames_rx_bad_fcs", BadFrame), ("frames_rx_dropped", Unspecified)],
            Transmit: [("hw_tx_dropped", Unspecified)]),

        // intel/fm10k/fm10k_ethtool.c: drops of the function's queues.
        new("fm10k", Receive: [("rx_drops_nic", NoBuffer)], Transmit: []),

        // cisco/enic/enic_ethtool.c.
        new(
            "enic",
            Receive: [("rx_no_bufs", NoBuffer), ("rx_drop", Unspecified), ("rx_crc_errors", BadFrame)],
            Transmit: [("tx_drops", Unspecified)]),
    ];

    private static readonly FrozenDictionary<string, DiscardStatistics> s_byDriver =
        s_rows.ToFrozenDictionary(row => row.Driver, StringComparer.Ordinal);

    /// <summary>All rows.</summary>
    public static IReadOnlyList<DiscardStatistics> Rows => s_rows;

    /// <summary>The row of a driver; false when none of its statistics is known to count discards.</summary>
    public static bool TryGet(string driver, [NotNullWhen(true)] out DiscardStatistics? row) => s_byDriver.TryGetValue(driver, out row);
}
