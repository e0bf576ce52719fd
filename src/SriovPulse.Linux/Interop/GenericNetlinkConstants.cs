namespace SriovPulse.Linux.Interop;

/// <summary>Values of include/uapi/linux/genetlink.h.</summary>
internal static class GenericNetlinkConstants
{
    public const ushort GENL_ID_CTRL = 0x10;
    public const int GENL_HDRLEN = 4;

    public const byte CTRL_CMD_GETFAMILY = 3;

    public const ushort CTRL_ATTR_FAMILY_ID = 1;
    public const ushort CTRL_ATTR_FAMILY_NAME = 2;
    public const ushort CTRL_ATTR_VERSION = 3;
    public const ushort CTRL_ATTR_MCAST_GROUPS = 7;

    public const ushort CTRL_ATTR_MCAST_GRP_NAME = 1;
    public const ushort CTRL_ATTR_MCAST_GRP_ID = 2;
}
