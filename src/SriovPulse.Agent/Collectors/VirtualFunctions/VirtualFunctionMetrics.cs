using SriovPulse.Agent.Metrics;

namespace SriovPulse.Agent.Collectors.VirtualFunctions;

/// <summary>The families of <see cref="VirtualFunctionCollector"/>.</summary>
internal sealed class VirtualFunctionMetrics : MetricSet
{
    public VirtualFunctionMetrics()
    {
        VfInfo = Info("sriov_vf_info", "What a VF is and how it is configured (PCI sysfs and rtnetlink IFLA_VF_INFO). stats_source tells where its counters come from.");
        MaxRate = Gauge(
            "sriov_vf_transmit_max_rate_bytes_per_second",
            "Highest rate at which the VF may send (IFLA_VF_RATE max_tx_rate); absent when there is no limit.",
            "bytes_per_second");
        MinRate = Gauge(
            "sriov_vf_transmit_min_rate_bytes_per_second",
            "Rate that the VF is guaranteed for sending (IFLA_VF_RATE min_tx_rate); absent when unset. On mlx5 the kernel turns it into a weight among the VFs.",
            "bytes_per_second");
        LinkUp = Gauge("sriov_vf_link_up", "Whether the VF's link is up, where the kernel tells: forced by IFLA_VF_LINK_STATE, or in state auto the PF's own.");
    }

    public MetricFamily VfInfo { get; }

    public MetricFamily MaxRate { get; }

    public MetricFamily MinRate { get; }

    public MetricFamily LinkUp { get; }
}
