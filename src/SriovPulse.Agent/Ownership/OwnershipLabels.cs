namespace SriovPulse.Agent.Ownership;

/// <summary>How ownership is spelt in labels.</summary>
public static class OwnershipLabels
{
    /// <summary>A source.</summary>
    public static string Of(OwnershipSource source) => source switch
    {
        OwnershipSource.Libvirt => "libvirt",
        OwnershipSource.Vfio => "vfio",
        OwnershipSource.Qemu => "qemu",
        _ => "kubelet",
    };

    /// <summary>A kind of workload.</summary>
    public static string Of(WorkloadKind kind) => kind switch
    {
        WorkloadKind.VirtualMachine => "vm",
        WorkloadKind.Pod => "pod",
        _ => "process",
    };

    /// <summary>Why a source cannot be read; empty when it can.</summary>
    public static string Of(SourceAccess access) => access switch
    {
        SourceAccess.Denied => "denied",
        SourceAccess.Malformed => "malformed",
        SourceAccess.TimedOut => "timeout",
        SourceAccess.Failed => "error",
        _ => string.Empty,
    };
}
