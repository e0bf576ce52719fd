using SriovPulse.Agent.Metrics;

namespace SriovPulse.Agent.Collectors.Workloads;

/// <summary>Who owns the VFs, and what a planner must know of the owners.</summary>
internal sealed class WorkloadMetrics : MetricSet
{
    public WorkloadMetrics()
    {
        Owner = Info("sriov_vf_workload_info",
            "Owner of the VF: exactly one series per VF with a known owner. The source label says where it was found: libvirt (status files), vfio (open VFIO groups and devices in /proc/PID/fd), qemu (QEMU's command line), kubelet (pod-resources List). managed_by is none where no orchestrator has left a mark, unknown where its mark could not be read.");
        Memory = Gauge("sriov_workload_memory_bytes",
            "Memory of a VM that owns VFs, by its UUID, from <memory> in libvirt's status file or QEMU's -m.", "bytes");
        Vcpus = Gauge("sriov_workload_vcpus",
            "CPUs of a VM that owns VFs, by its UUID, from <vcpu> in libvirt's status file or QEMU's -smp.");
        Labels = Info("sriov_workload_label_info",
            "Labels of a VM that owns VFs, by its UUID, from the metadata in libvirt's status file: OpenStack Nova's and those of the element labels in the namespace urn:sriovpulse:labels.");
        SourceReadable = Gauge("sriovpulse_agent_ownership_source_readable",
            "Whether a source of VF ownership could be read in full; 0 with the reason (denied, malformed, timeout, error). Absent for a source that this host does not have, that is switched off, that nothing asked for, or that has not answered yet.");
        Conflicts = Gauge("sriovpulse_agent_ownership_conflicts",
            "VFs that sources give to different workloads; sriov_vf_workload_info then names the most trusted source's.");
        Ambiguous = Gauge("sriovpulse_agent_ownership_ambiguous_vfs",
            "VFs in an IOMMU group of several devices that a process holds, with nothing saying that it uses this one: assigned, but without an owner.");
    }

    public MetricFamily Owner { get; }

    public MetricFamily Memory { get; }

    public MetricFamily Vcpus { get; }

    public MetricFamily Labels { get; }

    public MetricFamily SourceReadable { get; }

    public MetricFamily Conflicts { get; }

    public MetricFamily Ambiguous { get; }
}
