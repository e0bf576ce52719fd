namespace SriovPulse.Agent.Ownership;

/// <summary>
/// KubeVirt names a domain <c>NAMESPACE_NAME</c> after its VirtualMachineInstance (pkg/virt-launcher/virtwrap/api, NamespacedName); a Kubernetes
/// namespace holds no underscore, so the first one parts the two.
/// </summary>
internal static class KubeVirtName
{
    /// <summary>Splits the name of a VM that KubeVirt manages; other workloads stay as they are.</summary>
    public static Workload Apply(Workload workload)
    {
        var underscore = workload.Name.IndexOf('_', StringComparison.Ordinal);
        return workload.ManagedBy != Orchestrator.KubeVirt || workload.Namespace.Length > 0 || underscore <= 0 || underscore == workload.Name.Length - 1
            ? workload
            : workload with { Namespace = workload.Name[..underscore], Name = workload.Name[(underscore + 1)..] };
    }
}
