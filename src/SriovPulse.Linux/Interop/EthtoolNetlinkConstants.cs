namespace SriovPulse.Linux.Interop;

/// <summary>Values of include/uapi/linux/ethtool_netlink.h (Linux 6.12).</summary>
internal static class EthtoolNetlinkConstants
{
    public const string ETHTOOL_GENL_NAME = "ethtool";

    public const byte ETHTOOL_MSG_LINKMODES_GET = 4;
    public const byte ETHTOOL_MSG_LINKSTATE_GET = 6;
    public const byte ETHTOOL_MSG_RINGS_GET = 15;
    public const byte ETHTOOL_MSG_CHANNELS_GET = 17;
    public const byte ETHTOOL_MSG_PAUSE_GET = 21;
    public const byte ETHTOOL_MSG_FEC_GET = 29;
    public const byte ETHTOOL_MSG_STATS_GET = 32;

    // All requests but STATS have their header at 1.
    public const ushort ETHTOOL_A_HEADER = 1;
    public const ushort ETHTOOL_A_STATS_HEADER = 2;

    public const ushort ETHTOOL_A_HEADER_DEV_INDEX = 1;
    public const ushort ETHTOOL_A_HEADER_FLAGS = 3;

    public const uint ETHTOOL_FLAG_COMPACT_BITSETS = 1;
    public const uint ETHTOOL_FLAG_STATS = 4;

    public const ushort ETHTOOL_A_BITSET_NOMASK = 1;
    public const ushort ETHTOOL_A_BITSET_SIZE = 2;
    public const ushort ETHTOOL_A_BITSET_VALUE = 4;
    public const ushort ETHTOOL_A_BITSET_MASK = 5;

    public const ushort ETHTOOL_A_LINKMODES_AUTONEG = 2;
    public const ushort ETHTOOL_A_LINKMODES_OURS = 3;
    public const ushort ETHTOOL_A_LINKMODES_SPEED = 5;
    public const ushort ETHTOOL_A_LINKMODES_DUPLEX = 6;
    public const ushort ETHTOOL_A_LINKMODES_LANES = 9;

    public const ushort ETHTOOL_A_LINKSTATE_LINK = 2;
    public const ushort ETHTOOL_A_LINKSTATE_EXT_STATE = 5;
    public const ushort ETHTOOL_A_LINKSTATE_EXT_SUBSTATE = 6;
    public const ushort ETHTOOL_A_LINKSTATE_EXT_DOWN_CNT = 7;

    public const ushort ETHTOOL_A_RINGS_RX_MAX = 2;
    public const ushort ETHTOOL_A_RINGS_TX_MAX = 5;
    public const ushort ETHTOOL_A_RINGS_RX = 6;
    public const ushort ETHTOOL_A_RINGS_TX = 9;

    public const ushort ETHTOOL_A_CHANNELS_RX_MAX = 2;
    public const ushort ETHTOOL_A_CHANNELS_TX_MAX = 3;
    public const ushort ETHTOOL_A_CHANNELS_OTHER_MAX = 4;
    public const ushort ETHTOOL_A_CHANNELS_COMBINED_MAX = 5;
    public const ushort ETHTOOL_A_CHANNELS_RX_COUNT = 6;
    public const ushort ETHTOOL_A_CHANNELS_TX_COUNT = 7;
    public const ushort ETHTOOL_A_CHANNELS_OTHER_COUNT = 8;
    public const ushort ETHTOOL_A_CHANNELS_COMBINED_COUNT = 9;

    public const ushort ETHTOOL_A_PAUSE_AUTONEG = 2;
    public const ushort ETHTOOL_A_PAUSE_RX = 3;
    public const ushort ETHTOOL_A_PAUSE_TX = 4;
    public const ushort ETHTOOL_A_PAUSE_STATS = 5;
    public const ushort ETHTOOL_A_PAUSE_STAT_TX_FRAMES = 2;
    public const ushort ETHTOOL_A_PAUSE_STAT_RX_FRAMES = 3;

    public const ushort ETHTOOL_A_FEC_AUTO = 3;
    public const ushort ETHTOOL_A_FEC_ACTIVE = 4;
    public const ushort ETHTOOL_A_FEC_STATS = 5;
    public const ushort ETHTOOL_A_FEC_STAT_CORRECTED = 2;
    public const ushort ETHTOOL_A_FEC_STAT_UNCORR = 3;
    public const ushort ETHTOOL_A_FEC_STAT_CORR_BITS = 4;

    public const ushort ETHTOOL_A_STATS_GROUPS = 3;
    public const ushort ETHTOOL_A_STATS_GRP = 4;
    public const ushort ETHTOOL_A_STATS_GRP_ID = 2;
    public const ushort ETHTOOL_A_STATS_GRP_STAT = 4;
    public const ushort ETHTOOL_A_STATS_GRP_HIST_RX = 5;
    public const ushort ETHTOOL_A_STATS_GRP_HIST_TX = 6;
    public const ushort ETHTOOL_A_STATS_GRP_HIST_BKT_LOW = 7;
    public const ushort ETHTOOL_A_STATS_GRP_HIST_BKT_HI = 8;
    public const ushort ETHTOOL_A_STATS_GRP_HIST_VAL = 9;

    public const int ETHTOOL_STATS_ETH_PHY = 0;
    public const int ETHTOOL_STATS_ETH_MAC = 1;
    public const int ETHTOOL_STATS_ETH_CTRL = 2;
    public const int ETHTOOL_STATS_RMON = 3;

    // include/uapi/linux/ethtool.h
    public const uint SPEED_UNKNOWN = uint.MaxValue;
    public const byte DUPLEX_HALF = 0;
    public const byte DUPLEX_FULL = 1;
}
