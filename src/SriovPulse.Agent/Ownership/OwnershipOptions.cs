namespace SriovPulse.Agent.Ownership;

/// <summary>What is asked for owners, and how often.</summary>
public sealed record OwnershipOptions
{
    /// <summary>Whether libvirt's status files are read.</summary>
    public bool Libvirt { get; init; } = true;

    /// <summary>Whether processes are looked at for VFIO descriptors and QEMU's command line.</summary>
    public bool Processes { get; init; } = true;

    /// <summary>Whether the kubelet is asked.</summary>
    public bool Kubelet { get; init; } = true;

    /// <summary>Folder of libvirt's status files, below the root.</summary>
    public string LibvirtStatusFolder { get; init; } = "run/libvirt/qemu";

    /// <summary>The kubelet's pod-resources socket, below the root.</summary>
    public string KubeletSocket { get; init; } = "var/lib/kubelet/pod-resources/kubelet.sock";

    /// <summary>How often processes and the kubelet are asked when nothing has changed; a change of the VFs asks at once.</summary>
    public TimeSpan RefreshInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How often processes that were looked at before and held nothing are looked at again, while some VF bound to a VFIO driver has no owner.
    /// </summary>
    public TimeSpan FullScanInterval { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a source may take before it is told as timed out; the kubelet's call is given up then.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a collection waits for the processes and the kubelet after the VFs changed, and at the first time. Without the answer it goes on
    /// with what was known before. <c>--once</c> wants more than a server, which has a next collection.
    /// </summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Labels of VMs to export, without the <c>label_</c> prefix; empty for all that the metadata offers (at most 16 per VM).
    /// </summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Further namespaces of libvirt metadata, and the <c>managed_by</c> that a domain with an element of that namespace has.</summary>
    public IReadOnlyDictionary<string, string> Orchestrators { get; init; } = new Dictionary<string, string>();
}
