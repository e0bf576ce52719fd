namespace SriovPulse.Agent.DriverTables;

/// <summary>
/// How far the per-VF counters of rtnetlink are to be believed. The kernel sends zeros where a driver tells nothing
/// (net/core/rtnetlink.c, rtnl_fill_vfinfo), so a zero proves nothing by itself; a value other than zero can only come from a driver.
/// </summary>
public enum VfStatisticsTrust
{
    /// <summary>The driver is not known here: its zeros count only once a value other than zero has been seen.</summary>
    Unknown,

    /// <summary>The driver is known to fill in the counters.</summary>
    Filled,

    /// <summary>The driver is known not to fill them in, in the kernels looked at. Treated as unknown all the same: a newer or patched one may.</summary>
    LeftZero,

    /// <summary>The driver is known to give rtnetlink no information about its VFs at all (no <c>ndo_get_vf_config</c>), likewise.</summary>
    NoVfInformation,
}
