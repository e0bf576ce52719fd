using SriovPulse.Testing;

namespace SriovPulse.Agent.Tests.WholeAgent;

/// <summary>
/// The contract of the host's metrics, which policies and dashboards rely on: each family with its type and exactly these labels. A family that changes here
/// breaks others' queries.
/// </summary>
public sealed class MetricsContractTests
{
    private const string Vf = "pf vf";
    private const string VfCounter = "counter " + Vf;
    private const string VfGauge = "gauge " + Vf;
    private const string PfCounter = "counter pf";
    private const string PfGauge = "gauge pf";

    /// <summary>Family, then type and labels.</summary>
    private static readonly Dictionary<string, string> s_contract = new()
    {
        ["sriov_vf_receive_bytes_total"] = VfCounter,
        ["sriov_vf_transmit_bytes_total"] = VfCounter,
        ["sriov_vf_receive_packets_total"] = VfCounter,
        ["sriov_vf_transmit_packets_total"] = VfCounter,
        ["sriov_vf_receive_broadcast_packets_total"] = VfCounter,
        ["sriov_vf_receive_multicast_packets_total"] = VfCounter,
        ["sriov_vf_receive_dropped_packets_total"] = VfCounter,
        ["sriov_vf_transmit_dropped_packets_total"] = VfCounter,
        ["sriov_vf_transmit_max_rate_bytes_per_second"] = VfGauge,
        ["sriov_vf_transmit_min_rate_bytes_per_second"] = VfGauge,
        ["sriov_vf_receive_saturated_seconds_total"] = VfCounter,
        ["sriov_vf_transmit_saturated_seconds_total"] = VfCounter,
        ["sriov_vf_sampled_seconds_total"] = VfCounter,
        ["sriov_vf_receive_peak_bytes_per_second"] = VfGauge,
        ["sriov_vf_transmit_peak_bytes_per_second"] = VfGauge,
        ["sriov_vf_info"] =
            "gauge pf vf pci_address driver mac vlan vlan_proto trust spoof_check link_state iommu_group numa_node representor stats_source",
        ["sriov_vf_link_up"] = VfGauge,
        ["sriov_vf_workload_info"] = "gauge pf vf kind name uuid workload_namespace managed_by source",
        ["sriov_vf_stats_available"] = "gauge pf vf reason",
        ["sriov_pf_info"] = "gauge pf pci_address driver firmware vendor_id device_id numa_node eswitch_mode physical_network bond port_stats_source",
        ["sriov_pf_port_receive_bytes_total"] = PfCounter,
        ["sriov_pf_port_transmit_bytes_total"] = PfCounter,
        ["sriov_pf_port_receive_packets_total"] = PfCounter,
        ["sriov_pf_port_transmit_packets_total"] = PfCounter,
        ["sriov_pf_port_receive_saturated_seconds_total"] = PfCounter,
        ["sriov_pf_port_transmit_saturated_seconds_total"] = PfCounter,
        ["sriov_pf_port_sampled_seconds_total"] = PfCounter,
        ["sriov_pf_port_receive_peak_bytes_per_second"] = PfGauge,
        ["sriov_pf_port_transmit_peak_bytes_per_second"] = PfGauge,
        ["sriov_pf_receive_bytes_total"] = PfCounter,
        ["sriov_pf_transmit_bytes_total"] = PfCounter,
        ["sriov_pf_receive_packets_total"] = PfCounter,
        ["sriov_pf_transmit_packets_total"] = PfCounter,
        ["sriov_pf_receive_errors_total"] = PfCounter,
        ["sriov_pf_transmit_errors_total"] = PfCounter,
        ["sriov_pf_receive_dropped_packets_total"] = PfCounter,
        ["sriov_pf_transmit_dropped_packets_total"] = PfCounter,
        ["sriov_pf_receive_discards_total"] = "counter pf reason",
        ["sriov_pf_transmit_discards_total"] = "counter pf reason",
        ["sriov_pf_aer_errors_total"] = "counter pf severity",
        ["sriov_pf_up"] = PfGauge,
        ["sriov_pf_speed_bytes_per_second"] = PfGauge,
        ["sriov_pf_max_speed_bytes_per_second"] = PfGauge,
        ["sriov_pf_pcie_bandwidth_bytes_per_second"] = PfGauge,
        ["sriov_pf_mtu_bytes"] = PfGauge,
        ["sriov_pf_vfs_supported"] = PfGauge,
        ["sriov_pf_vfs_enabled"] = PfGauge,
        ["sriov_pf_vfs_assigned"] = PfGauge,
        ["sriov_pf_vfs_free"] = PfGauge,
        ["sriov_host_info"] = "gauge hostname machine_id kernel hypervisor control_address",
        ["sriov_host_memory_total_bytes"] = "gauge",
        ["sriov_host_memory_available_bytes"] = "gauge",
        ["sriov_host_cpus"] = "gauge",
        ["sriov_workload_memory_bytes"] = "gauge uuid",
        ["sriov_workload_vcpus"] = "gauge uuid",
        ["sriovpulse_agent_collector_success"] = "gauge collector",
        ["sriovpulse_agent_collector_duration_seconds"] = "gauge collector",
        ["sriovpulse_agent_build_info"] = "gauge version revision dotnet arch",
        ["sriovpulse_agent_rtnl_seconds_total"] = "counter",
        ["sriovpulse_agent_vf_lists_recovered_total"] = "counter",
        ["sriovpulse_agent_sampler_time_ratio"] = "gauge",
    };

    [Fact]
    public void Families_have_the_promised_type_and_labels()
    {
        var (types, labels) = Golden();

        Assert.Multiple([.. s_contract.Select(promise => (Action)(() =>
        {
            var (family, (type, names)) = (promise.Key, Split(promise.Value));
            Assert.True(types.ContainsKey(family), $"{family} is missing");
            Assert.Equal((family, type), (family, types[family]));
            Assert.Equal((family, string.Join(' ', names.Order())), (family, string.Join(' ', labels[family].Order())));
        }))]);
    }

    [Fact]
    public void Nothing_of_the_host_is_told_beyond_the_contract()
    {
        // Its labels are the VMs'.
        var (types, _) = Golden();

        Assert.Equal(["sriov_workload_label_info"], types.Keys.Where(static name => name.StartsWith("sriov_", StringComparison.Ordinal)).Except(s_contract.Keys));
    }

    private static (string Type, string[] Labels) Split(string promise)
    {
        var words = promise.Split(' ');
        return (words[0], words[1..]);
    }

    private static (Dictionary<string, string> Types, Dictionary<string, HashSet<string>> Labels) Golden()
    {
        var types = new Dictionary<string, string>();
        var labels = new Dictionary<string, HashSet<string>>();
        foreach (var line in File.ReadLines(Repository.Fixture("golden", "metrics.txt")))
        {
            if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                var words = line.Split(' ');
                types.Add(words[2], words[3]);
                labels.Add(words[2], []);
            }
            else if (line.Length > 0 && line[0] != '#')
            {
                var name = line[..line.IndexOfAny(['{', ' '])];
                labels[name].UnionWith(LabelNames(line[name.Length..]));
            }
        }

        return (types, labels);
    }

    /// <summary>The names in <c>{name="value",…}</c>; a value may hold anything but a bare quote.</summary>
    private static IEnumerable<string> LabelNames(string rest)
    {
        for (var at = 1; rest[0] == '{' && rest[at] != '}';)
        {
            var equals = rest.IndexOf('=', at);
            yield return rest[at..equals];
            for (at = equals + 2; rest[at] != '"'; at++)
            {
                at += rest[at] == '\\' ? 1 : 0;
            }

            at += rest[at + 1] == ',' ? 2 : 1;
        }
    }
}
