using SriovPulse.Agent.Metrics;

namespace SriovPulse.Agent.Collectors.Host;

/// <summary>What identifies a host, and what it has for VMs.</summary>
internal sealed class HostMetrics : MetricSet
{
    public HostMetrics()
    {
        Identity = Info("sriov_host_info",
            "The host: machine_id (/etc/machine-id) is its identity; hostname and kernel from /proc/sys/kernel; hypervisor is xen (/sys/hypervisor/type), kvm (/dev/kvm), qemu (libvirt's QEMU driver without KVM) or none; control_address from the agent's configuration.");
        MemoryTotal = Gauge("sriov_host_memory_total_bytes", "MemTotal in /proc/meminfo.", "bytes");
        MemoryAvailable = Gauge("sriov_host_memory_available_bytes", "MemAvailable in /proc/meminfo: what can be had without swapping.", "bytes");
        Cpus = Gauge("sriov_host_cpus", "CPUs online, from /sys/devices/system/cpu/online.");
    }

    public MetricFamily Identity { get; }

    public MetricFamily MemoryTotal { get; }

    public MetricFamily MemoryAvailable { get; }

    public MetricFamily Cpus { get; }
}
