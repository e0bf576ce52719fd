namespace SriovPulse.Linux.Interop;

/// <summary>Values of include/uapi/linux/devlink.h (Linux 6.12).</summary>
internal static class DevlinkConstants
{
    public const string DEVLINK_GENL_NAME = "devlink";

    public const byte DEVLINK_CMD_GET = 1;
    public const byte DEVLINK_CMD_PORT_GET = 5;
    public const byte DEVLINK_CMD_ESWITCH_GET = 29;
    public const byte DEVLINK_CMD_HEALTH_REPORTER_GET = 52;

    public const ushort DEVLINK_ATTR_BUS_NAME = 1;
    public const ushort DEVLINK_ATTR_DEV_NAME = 2;
    public const ushort DEVLINK_ATTR_PORT_INDEX = 3;
    public const ushort DEVLINK_ATTR_PORT_NETDEV_IFINDEX = 6;
    public const ushort DEVLINK_ATTR_PORT_NETDEV_NAME = 7;
    public const ushort DEVLINK_ATTR_ESWITCH_MODE = 25;
    public const ushort DEVLINK_ATTR_PORT_FLAVOUR = 77;
    public const ushort DEVLINK_ATTR_HEALTH_REPORTER = 114;
    public const ushort DEVLINK_ATTR_HEALTH_REPORTER_NAME = 115;
    public const ushort DEVLINK_ATTR_HEALTH_REPORTER_STATE = 116;
    public const ushort DEVLINK_ATTR_HEALTH_REPORTER_ERR_COUNT = 117;
    public const ushort DEVLINK_ATTR_HEALTH_REPORTER_RECOVER_COUNT = 118;
    public const ushort DEVLINK_ATTR_PORT_PCI_PF_NUMBER = 127;
    public const ushort DEVLINK_ATTR_PORT_PCI_VF_NUMBER = 128;
    public const ushort DEVLINK_ATTR_PORT_EXTERNAL = 149;
    public const ushort DEVLINK_ATTR_PORT_CONTROLLER_NUMBER = 150;

    public const ushort DEVLINK_ESWITCH_MODE_LEGACY = 0;
    public const ushort DEVLINK_ESWITCH_MODE_SWITCHDEV = 1;

    public const byte DEVLINK_HEALTH_REPORTER_STATE_HEALTHY = 0;
    public const byte DEVLINK_HEALTH_REPORTER_STATE_ERROR = 1;
}
