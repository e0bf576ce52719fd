using SriovPulse.Agent.Metrics;

namespace SriovPulse.Agent.Collectors.PhysicalFunctions;

/// <summary>The families of <see cref="PhysicalFunctionCollector"/>.</summary>
internal sealed class PhysicalFunctionMetrics : MetricSet
{
    private const string Own = "The PF netdev's own count, which does not see VF traffic on several drivers (IFLA_STATS64 ";

    public PhysicalFunctionMetrics()
    {
        PfInfo = Info("sriov_pf_info", "What a PF is (PCI sysfs, ethtool driver info, devlink). physical_network comes from the agent's configuration.");
        Up = Gauge("sriov_pf_up", "Whether the PF's link has carrier (IFLA_CARRIER).");
        Speed = Gauge("sriov_pf_speed_bytes_per_second", "Speed of the link in one direction (ethtool link modes); absent while the link is down.", "bytes_per_second");
        MaxSpeed = Gauge(
            "sriov_pf_max_speed_bytes_per_second", "Speed of the fastest link mode that the PF supports (ethtool link modes).", "bytes_per_second");
        PcieBandwidth = Gauge(
            "sriov_pf_pcie_bandwidth_bytes_per_second",
            "What the PF's PCI Express link carries in one direction before packet overhead (current_link_speed and current_link_width, less line coding).",
            "bytes_per_second");
        Mtu = Gauge("sriov_pf_mtu_bytes", "MTU of the PF's netdev.", "bytes");
        VfsSupported = Gauge("sriov_pf_vfs_supported", "Most VFs that the PF supports (sriov_totalvfs).");
        VfsEnabled = Gauge("sriov_pf_vfs_enabled", "VFs that exist now.");
        VfsAssigned = Gauge("sriov_pf_vfs_assigned", "VFs that a workload owns.");
        VfsFree = Gauge("sriov_pf_vfs_free", "VFs that exist and that nobody has. Those of which it cannot be told (a source of ownership is unreadable, their netdev is in another namespace) are neither free nor assigned.");
        ReceiveBytes = Counter("sriov_pf_receive_bytes_total", Own + "rx_bytes).", "bytes");
        TransmitBytes = Counter("sriov_pf_transmit_bytes_total", Own + "tx_bytes).", "bytes");
        ReceivePackets = Counter("sriov_pf_receive_packets_total", Own + "rx_packets).");
        TransmitPackets = Counter("sriov_pf_transmit_packets_total", Own + "tx_packets).");
        ReceiveErrors = Counter("sriov_pf_receive_errors_total", Own + "rx_errors).");
        TransmitErrors = Counter("sriov_pf_transmit_errors_total", Own + "tx_errors).");
        ReceiveDropped = Counter("sriov_pf_receive_dropped_packets_total", Own + "rx_dropped and rx_missed_errors).");
        TransmitDropped = Counter("sriov_pf_transmit_dropped_packets_total", Own + "tx_dropped).");
    }

    public MetricFamily PfInfo { get; }

    public MetricFamily Up { get; }

    public MetricFamily Speed { get; }

    public MetricFamily MaxSpeed { get; }

    public MetricFamily PcieBandwidth { get; }

    public MetricFamily Mtu { get; }

    public MetricFamily VfsSupported { get; }

    public MetricFamily VfsEnabled { get; }

    public MetricFamily VfsAssigned { get; }

    public MetricFamily VfsFree { get; }

    public MetricFamily ReceiveBytes { get; }

    public MetricFamily TransmitBytes { get; }

    public MetricFamily ReceivePackets { get; }

    public MetricFamily TransmitPackets { get; }

    public MetricFamily ReceiveErrors { get; }

    public MetricFamily TransmitErrors { get; }

    public MetricFamily ReceiveDropped { get; }

    public MetricFamily TransmitDropped { get; }
}
