namespace SriovPulse.Benchmarks.Fleets;

/// <summary>What a fleet's SREs ask every 15 seconds.</summary>
internal static class Policies
{
    /// <summary>The series that the recording rule makes.</summary>
    public const string RecordedName = "sriov:pf_transmit_utilisation:ratio_rate1m";

    /// <summary>The recording rule.</summary>
    public const string Recorded = "rate(sriov_pf_port_transmit_bytes_total[1m]) / on (instance, pf) sriov_pf_speed_bytes_per_second";

    /// <summary>Twenty conditions.</summary>
    public static Policy[] All { get; } =
    [
        new("VF's share of its PF", "rate(sriov_vf_transmit_bytes_total[1m]) / on (instance, pf) group_left () sriov_pf_speed_bytes_per_second > 0.40"),
        new("cap noisy VF", """
            rate(sriov_vf_transmit_bytes_total[1m]) / on (instance, pf) group_left () sriov_pf_speed_bytes_per_second > 0.40
              and on (instance, pf) sriov:pf_transmit_utilisation:ratio_rate1m > 0.90
              and on (instance, pf) rate(sriov_pf_port_transmit_saturated_seconds_total[1m]) / rate(sriov_pf_port_sampled_seconds_total[1m]) > 0.5
            """),
        new("VF saturated", "rate(sriov_vf_transmit_saturated_seconds_total[1m]) / rate(sriov_vf_sampled_seconds_total[1m]) > 0.5"),
        new("PF saturated", "rate(sriov_pf_port_transmit_saturated_seconds_total[1m]) / rate(sriov_pf_port_sampled_seconds_total[1m]) > 0.5"),
        new("hot PF", "max_over_time(sriov:pf_transmit_utilisation:ratio_rate1m[10m]) > 0.85 and quantile_over_time(0.5, sriov:pf_transmit_utilisation:ratio_rate1m[10m]) > 0.80"),
        new("PF's peak of half minutes", "max_over_time(sriov:pf_transmit_utilisation:ratio_rate1m[10m:30s]) > 0.85"),
        new("VF's p95 of two minutes", "quantile_over_time(0.95, rate(sriov_vf_transmit_bytes_total[1m])[2m:15s])"),
        new("loudest VFs", "topk(20, rate(sriov_vf_transmit_bytes_total[1m]))"),
        new("loudest VFs of each PF", "topk by (instance, pf) (3, rate(sriov_vf_transmit_bytes_total[1m]))"),
        new("VFs' sum fills the PF", "sum by (instance, pf) (rate(sriov_vf_transmit_bytes_total[1m])) / on (instance, pf) sriov_pf_speed_bytes_per_second > 0.8"),
        new("drops without load", "rate(sriov_vf_receive_dropped_packets_total[2m]) > 10 unless on (instance, pf, vf) rate(sriov_vf_receive_bytes_total[2m]) > 1e8"),
        new("VF at its cap", "rate(sriov_vf_transmit_bytes_total[1m]) / sriov_vf_transmit_max_rate_bytes_per_second > 0.9"),
        new("link below its speed", "sriov_pf_speed_bytes_per_second < on (instance, pf) sriov_pf_max_speed_bytes_per_second"),
        new("stale VF", "time() - timestamp(sriov_vf_transmit_bytes_total) > 45"),
        new("nobody is scraped", "absent(up{job=\"sriovpulse-agent\"} == 1)"),
        new("VF down, PF up", "sriov_vf_link_up == 0 and on (instance, pf) sriov_pf_up == 1"),
        new("loud workload", "rate(sriov_vf_transmit_bytes_total[1m]) * on (instance, pf, vf) group_left (kind, name, uuid) sriov_vf_workload_info > 1e9"),
        new("loudest workloads", "topk(10, sum by (uuid, name) (rate(sriov_vf_transmit_bytes_total[1m]) * on (instance, pf, vf) group_left (name, uuid) sriov_vf_workload_info))"),
        new("loud, but no database", "rate(sriov_vf_transmit_bytes_total[1m]) > 1e8 unless on (instance, pf, vf) sriov_vf_workload_info{name=~\"db-.*\"}"),
        new("unfair PF", "max by (instance, pf) (rate(sriov_vf_transmit_bytes_total[1m])) / avg by (instance, pf) (rate(sriov_vf_transmit_bytes_total[1m])) > 20"),
    ];
}
