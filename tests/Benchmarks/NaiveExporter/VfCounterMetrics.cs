using System.Globalization;
using Prometheus;

namespace SriovPulse.Benchmarks.Naive;

/// <summary>Reads the tree the way that comes first to mind: list the folders, read each file as a string, set a counter with labels.</summary>
internal sealed class VfCounterMetrics(string root, CollectorRegistry registry)
{
    private readonly (string File, Counter Counter)[] _counters = CreateCounters(Metrics.WithCustomRegistry(registry));

    public void Update()
    {
        foreach (var device in Directory.EnumerateDirectories(Path.Combine(root, "sys/bus/pci/devices")))
        {
            if (!File.Exists(Path.Combine(device, "sriov_totalvfs")))
            {
                continue;
            }

            foreach (var netdev in Directory.EnumerateDirectories(Path.Combine(device, "net")))
            {
                foreach (var vf in Directory.EnumerateDirectories(device, "virtfn*"))
                {
                    Read(device, Path.GetFileName(netdev), Path.GetFileName(vf)["virtfn".Length..]);
                }
            }
        }
    }

    private static (string File, Counter Counter)[] CreateCounters(MetricFactory metrics)
    {
        Counter Create(string name, string help) => metrics.CreateCounter(name, help, ["pf", "vf"]);
        return
        [
            ("rx_bytes", Create("sriov_vf_receive_bytes_total", "Bytes received by the VF.")),
            ("tx_bytes", Create("sriov_vf_transmit_bytes_total", "Bytes sent by the VF.")),
            ("rx_packets", Create("sriov_vf_receive_packets_total", "Packets received by the VF.")),
            ("tx_packets", Create("sriov_vf_transmit_packets_total", "Packets sent by the VF.")),
            ("rx_broadcast", Create("sriov_vf_receive_broadcast_packets_total", "Broadcast packets received by the VF.")),
            ("rx_multicast", Create("sriov_vf_receive_multicast_packets_total", "Multicast packets received by the VF.")),
            ("rx_dropped", Create("sriov_vf_receive_dropped_packets_total", "Packets for the VF that were dropped.")),
            ("tx_dropped", Create("sriov_vf_transmit_dropped_packets_total", "Packets from the VF that were dropped.")),
        ];
    }

    private void Read(string device, string pf, string vf)
    {
        var directory = Path.Combine(device, "sriov", vf, "stats");
        foreach (var (file, counter) in _counters)
        {
            var text = File.ReadAllText(Path.Combine(directory, file));
            counter.WithLabels(pf, vf).IncTo(double.Parse(text, CultureInfo.InvariantCulture));
        }
    }
}
