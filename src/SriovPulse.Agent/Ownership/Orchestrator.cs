namespace SriovPulse.Agent.Ownership;

/// <summary>
/// Who manages a workload, as <c>managed_by</c> tells it. The controller leaves alone what an orchestrator manages, so a mark that is seen
/// wins over none, and what cannot be seen is <see cref="Unknown"/> and never <see cref="None"/>.
/// </summary>
public static class Orchestrator
{
    /// <summary>No mark of an orchestrator, where one would show.</summary>
    public const string None = "none";

    /// <summary>The place where a mark would show could not be read.</summary>
    public const string Unknown = "unknown";

    /// <summary>OpenStack Nova.</summary>
    public const string OpenStack = "openstack";

    /// <summary>KubeVirt.</summary>
    public const string KubeVirt = "kubevirt";

    /// <summary>Kubernetes: a pod.</summary>
    public const string Kubernetes = "kubernetes";

    /// <summary>Proxmox VE.</summary>
    public const string Proxmox = "proxmox";

    /// <summary>oVirt.</summary>
    public const string OVirt = "ovirt";

    /// <summary>OpenNebula.</summary>
    public const string OpenNebula = "opennebula";

    /// <summary>Apache CloudStack.</summary>
    public const string CloudStack = "cloudstack";

    // Namespaces that the orchestrators declare in a libvirt domain's <metadata>; versions follow the prefix.
    private static readonly (string Prefix, string Name)[] s_namespaces =
    [
        ("http://openstack.org/xmlns/libvirt/nova/", OpenStack),
        ("http://kubevirt.io", KubeVirt),
        ("http://ovirt.org/vm/", OVirt),
        ("http://opennebula.org/xmlns/libvirt/", OpenNebula),
    ];

    // What they write into the guest's SMBIOS, which libvirt repeats in the domain and on QEMU's command line.
    private static readonly (string Mark, string Name)[] s_smbios =
    [
        ("OpenStack", OpenStack),
        ("KubeVirt", KubeVirt),
        ("Container-native virtualization", KubeVirt),
        ("oVirt", OVirt),
        ("RHEV Hypervisor", OVirt),
        ("CloudStack", CloudStack),
        ("OpenNebula", OpenNebula),
    ];

    /// <summary>The orchestrator that marks domains with this XML namespace, or null.</summary>
    public static string? OfNamespace(string uri) => Find(s_namespaces, uri, static (text, mark) => text.StartsWith(mark, StringComparison.Ordinal));

    /// <summary>The orchestrator that writes this manufacturer, product or family, or null.</summary>
    public static string? OfSmbios(string text) => Find(s_smbios, text, static (text, mark) => text.Contains(mark, StringComparison.OrdinalIgnoreCase));

    private static string? Find((string Mark, string Name)[] marks, string text, Func<string, string, bool> matches)
    {
        foreach (var (mark, name) in marks)
        {
            if (matches(text, mark))
            {
                return name;
            }
        }

        return null;
    }
}
