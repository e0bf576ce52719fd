using System.Buffers.Text;
using System.Text;
using SriovPulse.Metrics.Store;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Benchmarks.Fleets;

/// <summary>Writes series of a store with their times, as <c>promtool tsdb create-blocks-from openmetrics</c> reads them.</summary>
internal static class OpenMetricsFile
{
    /// <summary>Metrics that the expressions need.</summary>
    private static readonly string[] s_names =
    [
        "up", Policies.RecordedName, "sriov_pf_max_speed_bytes_per_second", "sriov_pf_port_sampled_seconds_total", "sriov_pf_port_transmit_saturated_seconds_total",
        "sriov_pf_speed_bytes_per_second", "sriov_pf_up", "sriov_vf_link_up", "sriov_vf_receive_bytes_total", "sriov_vf_receive_dropped_packets_total",
        "sriov_vf_sampled_seconds_total", "sriov_vf_transmit_bytes_total", "sriov_vf_transmit_max_rate_bytes_per_second", "sriov_vf_transmit_saturated_seconds_total",
        "sriov_vf_workload_info",
    ];

    /// <summary>Writes them.</summary>
    /// <returns>How many samples.</returns>
    public static long Write(string path, SeriesStore store)
    {
        using var file = new BufferedStream(File.Create(path), 1 << 20);
        var window = new SampleWindow();
        var line = new byte[64];
        var samples = 0L;
        foreach (var name in s_names)
        {
            foreach (var series in store.FindSeries([new LabelMatcher(Labels.MetricName, MatchKind.Equal, name)], long.MinValue, long.MaxValue, CancellationToken.None))
            {
                var text = Encoding.UTF8.GetBytes(Selector(name, series.Labels));
                window.Clear();
                series.Read(long.MinValue, long.MaxValue, window);
                for (var i = 0; i < window.Count; i++)
                {
                    file.Write(text);
                    file.Write(line.AsSpan(0, Sample(line, window.Values[i], window.Timestamps[i])));
                }

                samples += window.Count;
            }
        }

        file.Write("# EOF\n"u8);
        return samples;
    }

    private static string Selector(string name, Labels labels) =>
        $"{name}{{{string.Join(',', labels.AsSpan().ToArray().Where(static label => label.Name != Labels.MetricName).Select(static label => $"{label.Name}=\"{label.Value}\""))}}} ";

    private static int Sample(Span<byte> into, double value, long timestamp)
    {
        Utf8Formatter.TryFormat(value, into, out var length);
        into[length++] = (byte)' ';
        Utf8Formatter.TryFormat(timestamp / 1000m, into[length..], out var more);
        length += more;
        into[length++] = (byte)'\n';
        return length;
    }
}
