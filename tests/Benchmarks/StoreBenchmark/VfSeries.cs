namespace SriovPulse.Benchmarks.Store;

/// <summary>A kind of series that every VF has: the 20 that an agent exports.</summary>
/// <param name="Name">The metric's name.</param>
/// <param name="Behaviour">How its values go.</param>
/// <param name="Scale">How large they are: growth per second, or the value itself.</param>
/// <param name="IsInfo">Whether it has an info metric's labels, which differ between hosts.</param>
internal sealed record VfSeries(string Name, Behaviour Behaviour, double Scale, bool IsInfo = false)
{
    /// <summary>All of them, in the order of an exposition.</summary>
    public static VfSeries[] All { get; } =
    [
        new("sriov_vf_info", Behaviour.Constant, 1, IsInfo: true),
        new("sriov_vf_link_up", Behaviour.Constant, 1),
        new("sriov_vf_receive_broadcast_packets_total", Behaviour.Seldom, 0.2),
        new("sriov_vf_receive_bytes_total", Behaviour.Busy, 6e8),
        new("sriov_vf_receive_dropped_packets_total", Behaviour.Seldom, 0.01),
        new("sriov_vf_receive_multicast_packets_total", Behaviour.Seldom, 0.5),
        new("sriov_vf_receive_packets_total", Behaviour.Busy, 5e5),
        new("sriov_vf_receive_peak_bytes_per_second", Behaviour.Gauge, 9e8),
        new("sriov_vf_receive_saturated_seconds_total", Behaviour.Constant, 0),
        new("sriov_vf_sampled_seconds_total", Behaviour.Seconds, 1),
        new("sriov_vf_stats_available", Behaviour.Constant, 1),
        new("sriov_vf_transmit_bytes_total", Behaviour.Busy, 4e8),
        new("sriov_vf_transmit_dropped_packets_total", Behaviour.Constant, 0),
        new("sriov_vf_transmit_max_rate_bytes_per_second", Behaviour.Constant, 1.25e9),
        new("sriov_vf_transmit_min_rate_bytes_per_second", Behaviour.Constant, 0),
        new("sriov_vf_transmit_packets_total", Behaviour.Busy, 4e5),
        new("sriov_vf_transmit_peak_bytes_per_second", Behaviour.Gauge, 7e8),
        new("sriov_vf_transmit_saturated_seconds_total", Behaviour.Constant, 0),
        new("sriov_vf_trusted", Behaviour.Constant, 0),
        new("sriov_vf_workload_info", Behaviour.Constant, 1, IsInfo: true),
    ];
}
