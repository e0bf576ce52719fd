namespace SriovPulse.Linux.Interop;

/// <summary>Values of include/uapi/linux/rtnetlink.h, if.h and if_link.h.</summary>
internal static class RtnetlinkConstants
{
    public const ushort RTM_NEWLINK = 16;
    public const ushort RTM_DELLINK = 17;
    public const ushort RTM_GETLINK = 18;
    public const ushort RTM_SETLINK = 19;
    public const uint RTNLGRP_LINK = 1;

    // struct ifinfomsg
    public const byte AF_UNSPEC = 0;
    public const int IFINFOMSG_SIZE = 16;
    public const int IFI_TYPE_OFFSET = 2;
    public const int IFI_INDEX_OFFSET = 4;
    public const int IFI_FLAGS_OFFSET = 8;

    // include/uapi/linux/if_arp.h
    public const ushort ARPHRD_INFINIBAND = 32;
    public const uint IFF_UP = 0x1;

    public const uint RTEXT_FILTER_VF = 1;
    public const uint RTEXT_FILTER_SKIP_STATS = 8;

    public const ushort IFLA_ADDRESS = 1;
    public const ushort IFLA_IFNAME = 3;
    public const ushort IFLA_MTU = 4;
    public const ushort IFLA_MASTER = 10;
    public const ushort IFLA_OPERSTATE = 16;
    public const ushort IFLA_LINKINFO = 18;
    public const ushort IFLA_NUM_VF = 21;
    public const ushort IFLA_VFINFO_LIST = 22;
    public const ushort IFLA_STATS64 = 23;
    public const ushort IFLA_EXT_MASK = 29;
    public const ushort IFLA_CARRIER = 33;
    public const ushort IFLA_PHYS_SWITCH_ID = 36;
    public const ushort IFLA_PHYS_PORT_NAME = 38;
    public const ushort IFLA_ALT_IFNAME = 53;
    public const ushort IFLA_PERM_ADDRESS = 54;
    public const ushort IFLA_PARENT_DEV_NAME = 56;
    public const ushort IFLA_PARENT_DEV_BUS_NAME = 57;

    public const ushort IFLA_INFO_KIND = 1;

    public const ushort IFLA_VF_INFO = 1;

    public const ushort IFLA_VF_MAC = 1;
    public const ushort IFLA_VF_VLAN = 2;
    public const ushort IFLA_VF_TX_RATE = 3;
    public const ushort IFLA_VF_SPOOFCHK = 4;
    public const ushort IFLA_VF_LINK_STATE = 5;
    public const ushort IFLA_VF_RATE = 6;
    public const ushort IFLA_VF_RSS_QUERY_EN = 7;
    public const ushort IFLA_VF_STATS = 8;
    public const ushort IFLA_VF_TRUST = 9;
    public const ushort IFLA_VF_IB_NODE_GUID = 10;
    public const ushort IFLA_VF_IB_PORT_GUID = 11;
    public const ushort IFLA_VF_VLAN_LIST = 12;

    public const ushort IFLA_VF_VLAN_INFO = 1;

    public const ushort IFLA_VF_STATS_RX_PACKETS = 0;
    public const ushort IFLA_VF_STATS_TX_PACKETS = 1;
    public const ushort IFLA_VF_STATS_RX_BYTES = 2;
    public const ushort IFLA_VF_STATS_TX_BYTES = 3;
    public const ushort IFLA_VF_STATS_BROADCAST = 4;
    public const ushort IFLA_VF_STATS_MULTICAST = 5;
    public const ushort IFLA_VF_STATS_RX_DROPPED = 7;
    public const ushort IFLA_VF_STATS_TX_DROPPED = 8;

    public const int IFNAMSIZ = 16;
    public const int MAX_ADDR_LEN = 32;

    // struct ifla_vf_mac
    public const int IFLA_VF_MAC_SIZE = 36;
}
