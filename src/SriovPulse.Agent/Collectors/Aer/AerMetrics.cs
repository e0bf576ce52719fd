using SriovPulse.Agent.Metrics;

namespace SriovPulse.Agent.Collectors.Aer;

/// <summary>The families of <see cref="AerCollector"/>.</summary>
internal sealed class AerMetrics : MetricSet
{
    public AerMetrics() => Errors = Counter(
        "sriov_pf_aer_errors_total",
        "PCI Express errors that the PF reported, by severity (aer_dev_*). An error of the slot may show at the link partner instead.");

    public MetricFamily Errors { get; }
}
