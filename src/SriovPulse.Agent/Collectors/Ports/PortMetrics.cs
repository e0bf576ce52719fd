using SriovPulse.Agent.Metrics;

namespace SriovPulse.Agent.Collectors.Ports;

/// <summary>The families of <see cref="PortCollector"/>.</summary>
internal sealed class PortMetrics : MetricSet
{
    private const string Wire = "on the wire, PF and VFs together (ethtool statistics, by a table per driver; absent where not known).";

    public PortMetrics()
    {
        ReceiveBytes = Counter("sriov_pf_port_receive_bytes_total", "Bytes received " + Wire, "bytes");
        TransmitBytes = Counter("sriov_pf_port_transmit_bytes_total", "Bytes sent " + Wire, "bytes");
        ReceivePackets = Counter("sriov_pf_port_receive_packets_total", "Packets received " + Wire);
        TransmitPackets = Counter("sriov_pf_port_transmit_packets_total", "Packets sent " + Wire);
        ReceiveDiscards = Counter("sriov_pf_receive_discards_total", "Received frames that the device threw away, by reason (ethtool statistics, by a table per driver).");
        TransmitDiscards = Counter("sriov_pf_transmit_discards_total", "Frames to be sent that the device threw away, by reason (ethtool statistics, by a table per driver).");
    }

    public MetricFamily ReceiveBytes { get; }

    public MetricFamily TransmitBytes { get; }

    public MetricFamily ReceivePackets { get; }

    public MetricFamily TransmitPackets { get; }

    public MetricFamily ReceiveDiscards { get; }

    public MetricFamily TransmitDiscards { get; }
}
