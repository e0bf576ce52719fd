using SriovPulse.Agent.Metrics;

namespace SriovPulse.Agent.Tests.Exposition;

/// <summary>One family of each kind, and one that stays empty.</summary>
internal sealed class SampleMetrics : MetricSet
{
    public SampleMetrics()
    {
        Bytes = Counter("sriov_vf_receive_bytes_total", "Bytes received, \"good\" ones:\nfrom C:\\vf.", "bytes");
        Speed = Gauge("sriov_pf_speed_bytes_per_second", "Speed of the link.", "bytes_per_second");
        Up = Gauge("sriov_vf_link_up", "Whether the link is up.");
        VfInfo = Info("sriov_vf_info", "What is known of the VF.");
        Empty = Gauge("sriov_never_seen", "Has no samples.");
    }

    public MetricFamily Bytes { get; }

    public MetricFamily Speed { get; }

    public MetricFamily Up { get; }

    public MetricFamily VfInfo { get; }

    public MetricFamily Empty { get; }

    /// <summary>A few samples of everything but <see cref="Empty"/>.</summary>
    public SampleBuffer Fill()
    {
        var samples = new SampleBuffer(this);
        var vf = LabelSet.Create(("pf", "ens1f0"), ("vf", "0"));
        var odd = LabelSet.Create(("pf", "a\"b\\c\nd"), ("vf", "1"));
        samples.Add(Bytes, vf, ulong.MaxValue, createdUnixMilliseconds: 1_700_000_000_123);
        samples.Add(Bytes, odd, 0UL);
        samples.Add(Speed, LabelSet.Create(("pf", "ens1f0")), 1.25e9);
        samples.Add(Speed, LabelSet.Empty, double.PositiveInfinity);
        samples.Add(Up, vf, true);
        samples.AddOne(VfInfo, LabelSet.Create(("pf", "ens1f0"), ("vf", "0"), ("driver", "iavf"), ("mac", "")));
        return samples;
    }
}
