using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace SriovPulse.Benchmarks.Fleets;

/// <summary>Writes a host's exposition as its agent would: OpenMetrics, family by family.</summary>
internal sealed class Exposition(Fleet fleet)
{
    private const int LongestLine = 512;

    private static readonly string[] s_pfs = ["enp65s0f0np0", "enp65s0f1np1"];
    private static readonly string[] s_teams = ["db", "web", "cache", "batch"];

    private static readonly Family[] s_families =
    [
        new("sriov_vf", "info", "Identity of a virtual function", static (in vf) => 1),
        new("sriov_vf_link_up", "gauge", "Whether the VF's link is up", static (in vf) => vf.IsUp ? 1 : 0),
        new("sriov_vf_receive_broadcast_packets", "counter", "Broadcast packets that the VF received", static (in vf) => vf.ReceivedBroadcast),
        new("sriov_vf_receive_bytes", "counter", "Bytes that the VF received", static (in vf) => vf.ReceivedBytes),
        new("sriov_vf_receive_dropped_packets", "counter", "Packets to the VF that were dropped", static (in vf) => vf.ReceiveDropped),
        new("sriov_vf_receive_multicast_packets", "counter", "Multicast packets that the VF received", static (in vf) => vf.ReceivedMulticast),
        new("sriov_vf_receive_packets", "counter", "Packets that the VF received", static (in vf) => vf.ReceivedPackets),
        new("sriov_vf_receive_peak_bytes_per_second", "gauge", "Highest rate in the last window", static (in vf) => vf.ReceivePeak),
        new("sriov_vf_receive_saturated_seconds", "counter", "Time at or above the saturation threshold", static (in vf) => vf.ReceiveSaturated),
        new("sriov_vf_sampled_seconds", "counter", "Time that was sampled", static (in vf) => vf.Sampled),
        new("sriov_vf_stats_available", "gauge", "Whether true counters can be had", static (in vf) => 1),
        new("sriov_vf_transmit_bytes", "counter", "Bytes that the VF sent", static (in vf) => vf.SentBytes),
        new("sriov_vf_transmit_dropped_packets", "counter", "Packets from the VF that were dropped", static (in vf) => vf.SendDropped),
        new("sriov_vf_transmit_max_rate_bytes_per_second", "gauge", "The VF's maximum rate", static (in vf) => vf.MaxRate),
        new("sriov_vf_transmit_min_rate_bytes_per_second", "gauge", "The VF's minimum rate", static (in vf) => 0),
        new("sriov_vf_transmit_packets", "counter", "Packets that the VF sent", static (in vf) => vf.SentPackets),
        new("sriov_vf_transmit_peak_bytes_per_second", "gauge", "Highest rate in the last window", static (in vf) => vf.SendPeak),
        new("sriov_vf_transmit_saturated_seconds", "counter", "Time at or above the saturation threshold", static (in vf) => vf.SendSaturated),
        new("sriov_vf_trusted", "gauge", "Whether the VF is trusted", static (in vf) => 0),
        new("sriov_vf_workload", "info", "Who owns the VF", static (in vf) => 1),
    ];

    private static readonly PortFamily[] s_portFamilies =
    [
        new("sriov_pf_max_speed_bytes_per_second", "gauge", "The fastest link mode that the port supports", static (in port) => Fleet.MaxSpeed),
        new("sriov_pf_port_receive_bytes", "counter", "Bytes that the port received", static (in port) => port.ReceivedBytes),
        new("sriov_pf_port_sampled_seconds", "counter", "Time that was sampled", static (in port) => port.Sampled),
        new("sriov_pf_port_transmit_bytes", "counter", "Bytes that the port sent", static (in port) => port.SentBytes),
        new("sriov_pf_port_transmit_saturated_seconds", "counter", "Time at or above the saturation threshold", static (in port) => port.Saturated),
        new("sriov_pf_speed_bytes_per_second", "gauge", "The link's speed", static (in port) => port.Speed),
        new("sriov_pf_up", "gauge", "Whether the port's link is up", static (in port) => 1),
    ];

    private ArrayBufferWriter<byte> _text = new();

    private delegate double VfValue(in VfState vf);

    private delegate double PortValue(in PfState port);

    /// <summary>Series of a VF.</summary>
    public static int SeriesPerVf => s_families.Length;

    /// <summary>Series of a host.</summary>
    public int SeriesPerHost => (fleet.VfsPerHost * s_families.Length) + (Fleet.Pfs * s_portFamilies.Length);

    /// <summary>Writes what a host exposes now in place of what was there.</summary>
    public void Write(int host, ArrayBufferWriter<byte> body)
    {
        _text = body;
        _text.ResetWrittenCount();
        foreach (var family in s_portFamilies)
        {
            WriteHead(family.Name, family.Type, family.Help);
            for (var pf = 0; pf < Fleet.Pfs; pf++)
            {
                Write($"{family.Name}{(family.Type == "counter" ? "_total" : string.Empty)}{{pf=\"{s_pfs[pf]}\"}} {family.Value(in fleet.Ports[(host * Fleet.Pfs) + pf])}\n");
            }
        }

        foreach (var family in s_families)
        {
            WriteHead(family.Name, family.Type, family.Help);
            for (var vf = 0; vf < fleet.VfsPerHost; vf++)
            {
                WriteVf(family, host, vf);
            }
        }

        Write($"# EOF\n");
    }

    private void WriteVf(Family family, int host, int vf)
    {
        var pf = s_pfs[vf % Fleet.Pfs];
        switch (family.Name)
        {
            case "sriov_vf":
                Write($"sriov_vf_info{{pf=\"{pf}\",vf=\"{vf}\",pci_address=\"0000:41:{vf / 8:x2}.{vf % 8}\",driver=\"iavf\",mac=\"52:54:{host >> 8:x2}:{host & 255:x2}:00:{vf:x2}\"}} 1\n");
                break;
            case "sriov_vf_workload":
                Write($"sriov_vf_workload_info{{pf=\"{pf}\",vf=\"{vf}\",kind=\"vm\",name=\"{s_teams[vf / 2 % s_teams.Length]}-{host:D4}-{vf}\",uuid=\"6f1c2a8e-{host:x4}-4b7d-9e55-0000000000{vf:x2}\",managed_by=\"openstack\"}} 1\n");
                break;
            default:
                Write($"{family.Name}{(family.Type == "counter" ? "_total" : string.Empty)}{{pf=\"{pf}\",vf=\"{vf}\"}} {family.Value(in fleet.Vfs[(host * fleet.VfsPerHost) + vf])}\n");
                break;
        }
    }

    private void WriteHead(string name, string type, string help) => Write($"# HELP {name} {help}\n# TYPE {name} {type}\n");

    private void Write(DefaultInterpolatedStringHandler line)
    {
        // Through UTF-16: what the generator costs is not counted.
        var into = _text.GetSpan(LongestLine);
        _text.Advance(Encoding.UTF8.GetBytes(line.Text, into));
        line.Clear();
    }

    private sealed record Family(string Name, string Type, string Help, VfValue Value);

    private sealed record PortFamily(string Name, string Type, string Help, PortValue Value);
}
