using System.Collections.Frozen;
using SriovPulse.Core;
using static SriovPulse.Agent.DriverTables.VfStatisticsTrust;
using static SriovPulse.Core.VfCounter;

namespace SriovPulse.Agent.DriverTables;

/// <summary>
/// Which drivers fill in which per-VF counters of rtnetlink (Linux 6.12.117: every <c>ndo_get_vf_stats</c> and <c>ndo_get_vf_config</c> below
/// drivers/net). For a driver without the first, the kernel sends zeros; without the second, nothing.
/// </summary>
public static class VfStatisticsTable
{
    private static readonly FrozenSet<VfCounter> s_basic = Set(ReceiveBytes, TransmitBytes, ReceivePackets, TransmitPackets);

    private static readonly FrozenSet<VfCounter> s_withMulticast = Set([.. s_basic, ReceiveMulticastPackets]);

    private static readonly FrozenSet<VfCounter> s_withoutDrops = Set([.. s_withMulticast, ReceiveBroadcastPackets]);

    private static readonly FrozenSet<VfCounter> s_all = Set([.. s_withoutDrops, ReceiveDroppedPackets, TransmitDroppedPackets]);

    private static readonly VfStatisticsCapability[] s_rows =
    [
        // intel/ixgbe/ixgbe_main.c, ixgbe_ndo_get_vf_stats. Values advance only in ixgbe_update_stats: every 2 s, and when GSTATS is asked of the PF.
        new("ixgbe", Filled, s_withMulticast) { Refresh = VfStatisticsRefresh.WithPort },

        // intel/i40e/i40e_virtchnl_pf.c, i40e_get_vf_stats: tx_dropped is the VSI's tx_errors.
        new("i40e", Filled, s_all),

        // intel/ice/ice_sriov.c, ice_get_vf_stats.
        new("ice", Filled, s_all),

        // mellanox/mlx5/core/eswitch.c, mlx5_eswitch_get_vport_stats. Drops (mlx5_esw_query_vport_drop_stats) are frames that ACLs refused or that met
        // a vport that was down, not congestion, and are left zero outside legacy mode: see For.
        new("mlx5_core", Filled, s_all),

        // mellanox/mlx4/cmd.c, mlx4_get_vf_stats.
        new("mlx4_core", Filled, s_basic),

        // pensando/ionic/ionic_lif.c, ionic_get_vf_stats: packets and bytes from the unicast counters only,
        // which firmware writes to memory at a period that the driver does not tell.
        new("ionic", Filled, s_all) { Refresh = VfStatisticsRefresh.Unknown },

        // cavium/liquidio/lio_main.c, liquidio_get_vf_stats: asks the VF's driver, so zeros while none is loaded.
        new("LiquidIO", Unknown, s_withoutDrops),

        // intel/fm10k/fm10k_iov.c, fm10k_ndo_get_vf_stats.
        new("fm10k", Filled, Set([.. s_basic, ReceiveDroppedPackets])),

        // Only ndo_get_vf_config in intel/igb/igb_main.c; but builds with the other one exist (the registers are there), so it is not known.
        new("igb", Unknown, s_basic),

        // Only ndo_get_vf_config.
        new("be2net", LeftZero, s_basic),
        new("bnx2x", LeftZero, s_basic),
        new("bnxt_en", LeftZero, s_basic),
        new("cxgb4", LeftZero, s_basic),
        new("funeth", LeftZero, s_basic),
        new("hinic", LeftZero, s_basic),
        new("hns3", LeftZero, s_basic),
        new("netdevsim", LeftZero, s_basic),
        new("nfp", LeftZero, s_basic),
        new("qede", LeftZero, s_basic),
        new("qlcnic", LeftZero, s_basic),
        new("rvu_nicpf", LeftZero, s_basic),
        new("sfc", LeftZero, s_basic),

        // No ndo_get_vf_config either: the reply has the number of VFs and no list of them.
        new("ena", NoVfInformation, FrozenSet<VfCounter>.Empty),
        new("enic", NoVfInformation, FrozenSet<VfCounter>.Empty),
        new("fsl_enetc", NoVfInformation, FrozenSet<VfCounter>.Empty),
        new("idpf", NoVfInformation, FrozenSet<VfCounter>.Empty),
        new("octeon_ep", NoVfInformation, FrozenSet<VfCounter>.Empty),
        new("pds_core", NoVfInformation, FrozenSet<VfCounter>.Empty),
        new("sfc_ef100", NoVfInformation, FrozenSet<VfCounter>.Empty),
    ];

    private static readonly FrozenDictionary<string, VfStatisticsCapability> s_byDriver =
        s_rows.ToFrozenDictionary(row => row.Driver, StringComparer.Ordinal);

    private static readonly VfStatisticsCapability s_unknown = new(string.Empty, Unknown, s_basic) { Refresh = VfStatisticsRefresh.Unknown };

    private static readonly VfStatisticsCapability s_mlx5Switchdev = new("mlx5_core", Filled, s_withoutDrops);

    // infiniband/hw/mlx5/ib_virt.c, mlx5_ib_get_vf_stats: InfiniBand unicast, and multicast packets.
    private static readonly VfStatisticsCapability s_mlx5InfiniBand = new("mlx5_core", Filled, s_withMulticast);

    /// <summary>All rows.</summary>
    public static IReadOnlyList<VfStatisticsCapability> Rows => s_rows;

    /// <summary>What a driver tells; for one that is not known, nothing until it has told something other than zero.</summary>
    /// <param name="driver">Kernel name of the driver bound to the PF.</param>
    /// <param name="switchdev">Whether the PF's embedded switch is in switchdev mode, or its mode is not known.</param>
    /// <param name="infiniBand">Whether the PF's netdev is IP over InfiniBand.</param>
    public static VfStatisticsCapability For(string driver, bool switchdev = false, bool infiniBand = false)
    {
        if (driver == "mlx5_core" && infiniBand)
        {
            return s_mlx5InfiniBand;
        }

        if (driver == "mlx5_core" && switchdev)
        {
            return s_mlx5Switchdev;
        }

        return s_byDriver.GetValueOrDefault(driver, s_unknown);
    }

    private static FrozenSet<VfCounter> Set(params ReadOnlySpan<VfCounter> counters) => FrozenSet.ToFrozenSet(counters.ToArray());
}
