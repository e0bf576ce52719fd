using SriovPulse.Agent.Metrics;

namespace SriovPulse.Agent.Collectors.Self;

/// <summary>The families of <see cref="SelfCollector"/>.</summary>
internal sealed class SelfMetrics : MetricSet
{
    public SelfMetrics()
    {
        RtnlSeconds = Counter(
            "sriovpulse_agent_rtnl_seconds_total", "Time spent in calls that take the kernel's RTNL lock, waiting for it included: sampling and collecting together.", "seconds");
        RecoveredLists = Counter(
            "sriovpulse_agent_vf_lists_recovered_total", "Replies of the kernel whose VF list had a wrapped length (more than 221 VFs) and was recovered.");
        DeviceEvents = Counter("sriovpulse_agent_device_events_total", "Events after which devices were looked at again (uevents, lost events included).");
        LinkEvents = Counter("sriovpulse_agent_link_events_total", "Events after which netdevs were looked at again (rtnetlink, lost events included).");
        Interfaces = Gauge("sriovpulse_agent_kernel_interface_available", "Whether the agent could open an interface of the kernel (1) or not (0).");
    }

    public MetricFamily RtnlSeconds { get; }

    public MetricFamily RecoveredLists { get; }

    public MetricFamily DeviceEvents { get; }

    public MetricFamily LinkEvents { get; }

    public MetricFamily Interfaces { get; }
}
