using SriovPulse.Agent.Metrics;
using SriovPulse.Agent.Snapshots;

namespace SriovPulse.Agent.Tests.Otlp;

/// <summary>A family of each kind, and a snapshot made of them.</summary>
internal sealed class ExampleMetrics : MetricSet
{
    public ExampleMetrics()
    {
        Bytes = Counter("sriov_vf_receive_bytes_total", "Bytes towards the VF.", "bytes");
        Packets = Counter("sriov_vf_receive_packets_total", "Packets towards the VF.");
        Rate = Gauge("sriov_vf_transmit_max_rate_bytes_per_second", "Limit.", "bytes_per_second");
        Up = Gauge("sriov_pf_up", "Whether the link is up.");
        VfInfo = Info("sriov_vf_info", "What the VF is.");
        Samples = new SampleBuffer(this);
    }

    public static DateTimeOffset Taken { get; } = new(2026, 3, 1, 12, 0, 0, 123, TimeSpan.Zero);

    public MetricFamily Bytes { get; }

    public MetricFamily Packets { get; }

    public MetricFamily Rate { get; }

    public MetricFamily Up { get; }

    public MetricFamily VfInfo { get; }

    public SampleBuffer Samples { get; }

    public static LabelSet Vf(int index) => LabelSet.Create(("pf", "ens1"), ("vf", index.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    public Snapshot Snapshot() => new(1, Taken, 0, [new SnapshotSection("example", Samples)], static _ => { });
}
