namespace SriovPulse.Agent.Ownership;

/// <summary>A VM, pod or process that owns VFs. What its source does not tell is empty or null.</summary>
public sealed record Workload
{
    /// <summary>Kind of workload.</summary>
    public required WorkloadKind Kind { get; init; }

    /// <summary>The domain's, VM's or pod's name, or the process's <c>comm</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The VM's UUID in lower case with dashes; empty when unknown and for what is no VM.</summary>
    public string Uuid { get; init; } = string.Empty;

    /// <summary>Kubernetes namespace; empty elsewhere.</summary>
    public string Namespace { get; init; } = string.Empty;

    /// <summary>Who manages it; one of <see cref="Orchestrator"/>'s names, or one that the configuration adds.</summary>
    public required string ManagedBy { get; init; }

    /// <summary>The VM's memory; null when unknown.</summary>
    public ulong? MemoryBytes { get; init; }

    /// <summary>The VM's CPUs in use; null when unknown.</summary>
    public int? Vcpus { get; init; }

    /// <summary>Labels from the VM's metadata, their names already fit for Prometheus and each there once.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Labels { get; init; } = [];

    /// <summary>Id of the process that holds the VF; 0 when unknown. It orders what else is equal.</summary>
    public int Pid { get; init; }
}
