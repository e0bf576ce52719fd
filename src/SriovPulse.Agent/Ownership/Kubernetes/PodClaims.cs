using SriovPulse.Agent.Ownership.Kubernetes.Protocol;
using SriovPulse.Core;

namespace SriovPulse.Agent.Ownership.Kubernetes;

/// <summary>
/// Makes claims of the kubelet's answer; pure. The SR-IOV device plugin's device ids are PCI addresses. Drivers for dynamic resources name devices
/// as DNS labels, so those that use addresses write them with dashes (<c>0000-3b-02-1</c>). Ids that are no address say nothing about VFs.
/// </summary>
internal static class PodClaims
{
    // KubeVirt's pods are named virt-launcher-VM-xxxxx (pkg/virt-controller/services/template.go).
    private const string KubeVirtPrefix = "virt-launcher-";

    public static IReadOnlyList<Claim> Of(ListPodResourcesResponse response)
    {
        var claims = new List<Claim>();
        var devices = new SortedSet<PciAddress>();
        foreach (var pod in response.PodResources)
        {
            devices.Clear();
            foreach (var container in pod.Containers)
            {
                AddDevices(container, devices);
            }

            if (devices.Count == 0)
            {
                continue;
            }

            var workload = new Workload
            {
                Kind = WorkloadKind.Pod,
                Name = pod.Name,
                Namespace = pod.Namespace,
                ManagedBy = pod.Name.StartsWith(KubeVirtPrefix, StringComparison.Ordinal) ? Orchestrator.KubeVirt : Orchestrator.Kubernetes,
            };
            claims.AddRange(devices.Select(device => new Claim(OwnershipSource.Kubelet, workload, device, null)));
        }

        return claims;
    }

    private static void AddDevices(ContainerResources container, SortedSet<PciAddress> devices)
    {
        foreach (var id in container.Devices.SelectMany(static device => device.DeviceIds))
        {
            Add(id, devices);
        }

        foreach (var resource in container.DynamicResources.SelectMany(static resource => resource.ClaimResources))
        {
            Add(resource.DeviceName, devices);
            foreach (var device in resource.CdiDevices)
            {
                // A fully qualified CDI name is VENDOR/CLASS=NAME.
                Add(device.Name.AsSpan(device.Name.LastIndexOf('=') + 1), devices);
            }
        }
    }

    private static void Add(ReadOnlySpan<char> id, SortedSet<PciAddress> devices)
    {
        id = id.StartsWith("pci-") ? id["pci-".Length..] : id;
        if (PciAddress.TryParse(id, out var address))
        {
            devices.Add(address);
            return;
        }

        // dddd-bb-dd-f
        if (id.Length is < 12 or > PciAddress.MaxLength || id[^2] != '-' || id[^5] != '-' || id[^8] != '-')
        {
            return;
        }

        Span<char> text = stackalloc char[id.Length];
        id.CopyTo(text);
        text[^2] = '.';
        text[^5] = text[^8] = ':';
        if (PciAddress.TryParse(text, out address))
        {
            devices.Add(address);
        }
    }
}
