using System.Globalization;
using SriovPulse.Agent.Metrics;
using SriovPulse.Agent.Sampling;

namespace SriovPulse.Agent.Collectors.Saturation;

/// <summary>The families of <see cref="SaturationCollector"/>.</summary>
internal sealed class SaturationMetrics : MetricSet
{
    public SaturationMetrics(double threshold)
    {
        var share = (threshold * 100).ToString(CultureInfo.InvariantCulture);
        var absent = "Absent where sampling would cost too much.";
        var unlimited = "Absent where sampling would cost too much, or no limit is known.";
        var window = $"the last 50 to {PeakWindow.Seconds} seconds";
        VfReceive = Counter("sriov_vf_receive_saturated_seconds_total", $"Sampled time in which the VF received at {share} % of the PF's speed or more. {unlimited}", "seconds");
        VfTransmit = Counter(
            "sriov_vf_transmit_saturated_seconds_total", $"Sampled time in which the VF sent at {share} % or more of its own limit, or of the PF's speed where it has none. {unlimited}", "seconds");
        VfSampled = Counter("sriov_vf_sampled_seconds_total", $"Time in which the VF's rates were sampled. {absent}", "seconds");
        VfReceivePeak = Gauge("sriov_vf_receive_peak_bytes_per_second", $"Highest receive rate between two samples in {window}. {absent}", "bytes_per_second");
        VfTransmitPeak = Gauge("sriov_vf_transmit_peak_bytes_per_second", $"Highest transmit rate between two samples in {window}. {absent}", "bytes_per_second");
        PortReceive = Counter("sriov_pf_port_receive_saturated_seconds_total", $"Sampled time in which the port received at {share} % of its speed or more. {unlimited}", "seconds");
        PortTransmit = Counter("sriov_pf_port_transmit_saturated_seconds_total", $"Sampled time in which the port sent at {share} % of its speed or more. {unlimited}", "seconds");
        PortSampled = Counter("sriov_pf_port_sampled_seconds_total", $"Time in which the port's rates were sampled. {absent}", "seconds");
        PortReceivePeak = Gauge("sriov_pf_port_receive_peak_bytes_per_second", $"Highest receive rate between two samples in {window}. {absent}", "bytes_per_second");
        PortTransmitPeak = Gauge("sriov_pf_port_transmit_peak_bytes_per_second", $"Highest transmit rate between two samples in {window}. {absent}", "bytes_per_second");
        Interval = Gauge("sriovpulse_agent_sampler_interval_seconds", "Interval between two samples, chosen so that sampling stays within its budget.", "seconds");
        Share = Gauge("sriovpulse_agent_sampler_time_ratio", "Share of time that sampling spends in the kernel at this interval, waiting for RTNL included.", "ratio");
        Spent = Counter("sriovpulse_agent_sampler_seconds_total", "Time that sampling has spent in the kernel.", "seconds");
    }

    public MetricFamily VfReceive { get; }

    public MetricFamily VfTransmit { get; }

    public MetricFamily VfSampled { get; }

    public MetricFamily VfReceivePeak { get; }

    public MetricFamily VfTransmitPeak { get; }

    public MetricFamily PortReceive { get; }

    public MetricFamily PortTransmit { get; }

    public MetricFamily PortSampled { get; }

    public MetricFamily PortReceivePeak { get; }

    public MetricFamily PortTransmitPeak { get; }

    public MetricFamily Interval { get; }

    public MetricFamily Share { get; }

    public MetricFamily Spent { get; }
}
