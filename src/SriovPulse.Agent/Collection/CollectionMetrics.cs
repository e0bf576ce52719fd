using SriovPulse.Agent.Metrics;

namespace SriovPulse.Agent.Collection;

/// <summary>How the collection itself went.</summary>
internal sealed class CollectionMetrics : MetricSet
{
    public CollectionMetrics()
    {
        CollectorSuccess = Gauge("sriovpulse_agent_collector_success", "Whether the collector's last run ended well and in time (1) or not (0). That one device of several could not be read is no failure; its series are absent.");
        CollectorDuration = Gauge("sriovpulse_agent_collector_duration_seconds", "How long the collector's last run took, or has been running.", "seconds");
        Collections = Counter("sriovpulse_agent_collections_total", "Times that the host was read; scrapes and OTLP exports share one collection.");
        Timestamp = Gauge("sriovpulse_agent_snapshot_timestamp_seconds", "When the host was last read, Unix time.", "seconds");
    }

    public MetricFamily CollectorSuccess { get; }

    public MetricFamily CollectorDuration { get; }

    public MetricFamily Collections { get; }

    public MetricFamily Timestamp { get; }
}
