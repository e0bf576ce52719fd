namespace SriovPulse.Agent.Ownership;

/// <summary>What kind of thing owns a VF.</summary>
public enum WorkloadKind
{
    /// <summary>A virtual machine; <c>vm</c> in labels.</summary>
    VirtualMachine,

    /// <summary>A Kubernetes pod; <c>pod</c> in labels.</summary>
    Pod,

    /// <summary>A process that is no known kind of machine monitor, such as a DPDK program; <c>process</c> in labels.</summary>
    Process,
}
