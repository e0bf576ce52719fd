namespace SriovPulse.Linux.Devlink;

/// <summary>Mode of a PF's embedded switch.</summary>
public enum EswitchMode
{
    /// <summary>The device has none, does not tell, or is in a mode that is not known here.</summary>
    NotTold,

    /// <summary>The kernel tells only a holder of CAP_NET_ADMIN (GENL_ADMIN_PERM on DEVLINK_CMD_ESWITCH_GET).</summary>
    Denied,

    /// <summary>VFs are switched by MAC and VLAN, and configured through the PF.</summary>
    Legacy,

    /// <summary>Each VF has a representor netdev.</summary>
    Switchdev,
}
