namespace SriovPulse.Linux.Sysfs;

/// <summary>How a vendor's driver lays out a VF's statistics below <c>sriov/N/</c>. No driver of the kernel tree has any.</summary>
public enum VendorTreeForm
{
    /// <summary>Not known, because no VF's statistics have been seen.</summary>
    Unknown,

    /// <summary>Intel's out-of-tree drivers: <c>stats</c> is a directory of files with one number each.</summary>
    Directory,

    /// <summary>Mellanox OFED: <c>stats</c> is one file of <c>name : value</c> lines.</summary>
    File,
}
