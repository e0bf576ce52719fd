namespace SriovPulse.Linux.Vfio;

/// <summary>Kinds of VFIO files that a process can hold open.</summary>
public enum VfioLinkKind
{
    /// <summary>Nothing that names a device.</summary>
    None,

    /// <summary>An IOMMU group, <c>/dev/vfio/N</c>; it may hold several devices.</summary>
    Group,

    /// <summary>One device by its character device, <c>/dev/vfio/devices/vfioN</c>.</summary>
    CharacterDevice,

    /// <summary>One device opened through its group; the link does not say which, its <c>fdinfo</c> does on kernels newer than August 2025.</summary>
    Device,
}
