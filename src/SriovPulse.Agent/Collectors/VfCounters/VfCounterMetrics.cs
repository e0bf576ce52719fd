using SriovPulse.Agent.Metrics;
using SriovPulse.Core;

namespace SriovPulse.Agent.Collectors.VfCounters;

/// <summary>The families of <see cref="VfCounterCollector"/>.</summary>
internal sealed class VfCounterMetrics : MetricSet
{
    private readonly MetricFamily[] _byCounter = new MetricFamily[Core.VfCounters.Count];

    public VfCounterMetrics()
    {
        Add(VfCounter.ReceiveBytes, "sriov_vf_receive_bytes_total", "bytes", "Bytes received by the VF (rtnetlink rx_bytes of IFLA_VF_STATS, or sysfs rx_bytes; see stats_source).");
        Add(VfCounter.TransmitBytes, "sriov_vf_transmit_bytes_total", "bytes", "Bytes sent by the VF (tx_bytes).");
        Add(VfCounter.ReceivePackets, "sriov_vf_receive_packets_total", "", "Packets received by the VF (rx_packets).");
        Add(VfCounter.TransmitPackets, "sriov_vf_transmit_packets_total", "", "Packets sent by the VF (tx_packets).");
        Add(VfCounter.ReceiveBroadcastPackets, "sriov_vf_receive_broadcast_packets_total", "", "Broadcast packets received by the VF, where the driver tells (broadcast).");
        Add(VfCounter.ReceiveMulticastPackets, "sriov_vf_receive_multicast_packets_total", "", "Multicast packets received by the VF, where the driver tells (multicast).");
        Add(VfCounter.ReceiveDroppedPackets, "sriov_vf_receive_dropped_packets_total", "", "Packets for the VF that were dropped, where the driver tells (rx_dropped).");
        Add(VfCounter.TransmitDroppedPackets, "sriov_vf_transmit_dropped_packets_total", "", "Packets from the VF that were dropped, where the driver tells (tx_dropped).");
        Available = Gauge("sriov_vf_stats_available", "1 when the VF's counters are true and shown; 0, with the reason, when none can be had.");
    }

    public MetricFamily Available { get; }

    public MetricFamily this[VfCounter counter] => _byCounter[(int)counter];

    private void Add(VfCounter counter, string name, string unit, string help) =>
        _byCounter[(int)counter] = Counter(name, help, unit);
}
