namespace SriovPulse.Linux.Interop;

/// <summary>Values of include/uapi/linux/{sockios,if,ethtool}.h, and of mmap (asm-generic; the same on x86-64 and arm64).</summary>
internal static class EthtoolIoctlConstants
{
    public const int AF_UNIX = 1;
    public const int SOCK_DGRAM = 2;

    public const uint SIOCETHTOOL = 0x8946;
    public const int IFNAMSIZ = 16;

    public const uint ETHTOOL_GDRVINFO = 0x03;
    public const uint ETHTOOL_GSTRINGS = 0x1b;
    public const uint ETHTOOL_GSTATS = 0x1d;
    public const uint ETHTOOL_GSSET_INFO = 0x37;

    public const int ETH_SS_STATS = 1;
    public const int ETH_GSTRING_LEN = 32;

    // struct ethtool_drvinfo: cmd, driver, version, fw_version, bus_info, erom_version (32 bytes each), reserved2[12], five u32
    public const int DRVINFO_SIZE = 196;
    public const int DRVINFO_FIELD_LEN = 32;
    public const int DRVINFO_DRIVER = 4;
    public const int DRVINFO_VERSION = 36;
    public const int DRVINFO_FW_VERSION = 68;
    public const int DRVINFO_BUS_INFO = 100;

    // struct ethtool_sset_info: cmd, reserved, u64 sset_mask, u32 data[]
    public const int SSET_INFO_MASK = 8;
    public const int SSET_INFO_DATA = 16;

    // struct ethtool_gstrings: cmd, string_set, len, data
    public const int GSTRINGS_SET = 4;
    public const int GSTRINGS_LEN = 8;
    public const int GSTRINGS_DATA = 12;

    // struct ethtool_stats: cmd, n_stats, u64 data[]
    public const int STATS_COUNT = 4;
    public const int STATS_DATA = 8;

    // include/uapi/asm-generic/errno-base.h
    public const int EFAULT = 14;

    public const int PROT_NONE = 0;
    public const int PROT_READ = 1;
    public const int PROT_WRITE = 2;
    public const int MAP_PRIVATE = 0x02;
    public const int MAP_ANONYMOUS = 0x20;
}
