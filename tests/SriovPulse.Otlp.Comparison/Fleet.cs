using System.Globalization;
using SriovPulse.Agent.Metrics;
using SriovPulse.Agent.Snapshots;

namespace SriovPulse.Otlp.Comparison;

/// <summary>8 PFs with 128 VFs each and 20 counters per VF: the largest host that the project measures with.</summary>
internal sealed class Fleet
{
    public const int Vfs = 1024;
    public const int CountersPerVf = 20;

    private readonly FleetMetrics _metrics = new();
    private readonly SampleBuffer _samples;
    private readonly LabelSet[] _labels = new LabelSet[Vfs];
    private long _id;

    public Fleet()
    {
        _samples = new SampleBuffer(_metrics);
        for (var vf = 0; vf < Vfs; vf++)
        {
            _labels[vf] = LabelSet.Create(("pf", Pf(vf)), ("vf", Index(vf)));
        }
    }

    public static string Pf(int vf) => string.Create(CultureInfo.InvariantCulture, $"ens{vf / 128}f0np0");

    public static string Index(int vf) => (vf % 128).ToString(CultureInfo.InvariantCulture);

    public static string CounterName(int counter) => string.Create(CultureInfo.InvariantCulture, $"sriov_vf_receive_kind{counter}_bytes_total");

    public static ulong Value(int vf, int counter, long round) => 1_000_000_007UL * (ulong)(vf + 1) + (ulong)(counter * 4096) + (ulong)round;

    /// <summary>A collection: new values under the same labels.</summary>
    public Snapshot Collect()
    {
        _id++;
        _samples.Clear();
        for (var counter = 0; counter < CountersPerVf; counter++)
        {
            for (var vf = 0; vf < Vfs; vf++)
            {
                _samples.Add(_metrics.Counters[counter], _labels[vf], Value(vf, counter, _id), 1_700_000_000_000);
            }
        }

        return new Snapshot(_id, DateTimeOffset.UnixEpoch.AddSeconds(1_700_000_000 + _id), _id, [new SnapshotSection("fleet", _samples)], static _ => { });
    }

    private sealed class FleetMetrics : MetricSet
    {
        public FleetMetrics()
        {
            for (var i = 0; i < CountersPerVf; i++)
            {
                Counters[i] = Counter(CounterName(i), "One of twenty counters.", "bytes");
            }
        }

        public MetricFamily[] Counters { get; } = new MetricFamily[CountersPerVf];
    }
}
