using SriovPulse.Agent.Otlp.Wire;

namespace SriovPulse.Agent.Tests.Otlp.Wire;

/// <summary>
/// What our names and units become in a Prometheus that receives OTLP. <see cref="PrometheusTranslation"/> follows its translator; a real Prometheus is the better
/// witness, where there is one.
/// </summary>
public sealed class PrometheusNamesTests
{
    // Name, OpenMetrics unit and kind of the metrics contract (design section 5), one for each pattern that a translator could trip over.
    public static TheoryData<string, string, string> Contract => new()
    {
        { "sriov_vf_receive_bytes_total", "bytes", "counter" },
        { "sriov_vf_transmit_packets_total", "", "counter" },
        { "sriov_vf_receive_broadcast_packets_total", "", "counter" },
        { "sriov_vf_transmit_max_rate_bytes_per_second", "bytes_per_second", "gauge" },
        { "sriov_vf_receive_saturated_seconds_total", "seconds", "counter" },
        { "sriov_vf_sampled_seconds_total", "seconds", "counter" },
        { "sriov_vf_receive_peak_bytes_per_second", "bytes_per_second", "gauge" },
        { "sriov_vf_info", "", "info" },
        { "sriov_vf_link_up", "", "gauge" },
        { "sriov_vf_stats_available", "", "gauge" },
        { "sriov_pf_port_transmit_bytes_total", "bytes", "counter" },
        { "sriov_pf_receive_discards_total", "", "counter" },
        { "sriov_pf_speed_bytes_per_second", "bytes_per_second", "gauge" },
        { "sriov_pf_mtu_bytes", "bytes", "gauge" },
        { "sriov_pf_vfs_supported", "", "gauge" },
        { "sriov_host_memory_total_bytes", "bytes", "gauge" },
        { "sriov_host_cpus", "", "gauge" },
        { "sriov_workload_memory_bytes", "bytes", "gauge" },
        { "sriov_workload_label_info", "", "info" },
        { "sriovpulse_agent_collector_duration_seconds", "seconds", "gauge" },
        { "sriovpulse_agent_rtnl_share_ratio", "ratio", "gauge" },
    };

    [Theory]
    [MemberData(nameof(Contract))]
    public void Name_comes_back_unchanged_with_suffixes_added(string name, string unit, string type) =>
        Assert.Equal(name, PrometheusTranslation.WithSuffixes(name, UcumUnit.Of(unit), type));

    [Theory]
    [MemberData(nameof(Contract))]
    public void Name_comes_back_unchanged_by_the_translator_of_the_collector(string name, string unit, string type) =>
        Assert.Equal(name, PrometheusTranslation.ByCollector(name, UcumUnit.Of(unit), type));

    // Why the unit of a rate is an annotation: shown here so that nobody "corrects" it without seeing what it does to names.
    [Fact]
    public void Rate_in_plain_ucum_would_be_renamed() => Assert.Equal(
        "sriov_pf_speed_bytes_per_second_per_second", PrometheusTranslation.WithSuffixes("sriov_pf_speed_bytes_per_second", "By/s", "gauge"));
}
