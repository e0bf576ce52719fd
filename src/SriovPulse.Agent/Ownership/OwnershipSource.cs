namespace SriovPulse.Agent.Ownership;

/// <summary>Where ownership is read from, the most trusted first.</summary>
public enum OwnershipSource
{
    /// <summary>libvirt's status files, its own record of what runs; <c>libvirt</c> in labels.</summary>
    Libvirt,

    /// <summary>Descriptors of VFIO groups and devices that processes hold; <c>vfio</c> in labels.</summary>
    Vfio,

    /// <summary>QEMU's command line, which grows stale with hot-plug; <c>qemu</c> in labels.</summary>
    Qemu,

    /// <summary>The kubelet's pod-resources socket; <c>kubelet</c> in labels.</summary>
    Kubelet,
}
