using SriovPulse.Agent.Metrics;

namespace SriovPulse.Agent.Exposition;

/// <summary>What only rendering can tell: how old the snapshot is by now, and who renders.</summary>
internal sealed class RenderingMetrics : MetricSet
{
    public RenderingMetrics()
    {
        SnapshotAge = Gauge(
            "sriovpulse_agent_snapshot_age_seconds", "How long before this answer was written the reading of the host had ended.", "seconds");
        BuildInfo = Info("sriovpulse_agent_build_info", "Version of the agent and what it was built from.");
    }

    public MetricFamily SnapshotAge { get; }

    public MetricFamily BuildInfo { get; }
}
