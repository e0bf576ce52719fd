using System.Diagnostics.Metrics;
using System.Globalization;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace SriovPulse.Otlp.Comparison;

/// <summary>What the SDK exports when series vanish, restart, or are many: the agent's contract on metrics, asked of the SDK.</summary>
internal static class SdkBehaviour
{
    public static void Report(TextWriter output)
    {
        using var meter = new Meter("behaviour");
        List<Measurement<long>> observed = [];
        meter.CreateObservableCounter("c", () => observed);
        List<string> exported = [];
        using var provider = Sdk.CreateMeterProviderBuilder()
            .AddMeter(meter.Name)
            .AddReader(new BaseExportingMetricReader(new Recorder(exported)) { TemporalityPreference = MetricReaderTemporalityPreference.Cumulative })
            .Build();

        void Export(string what)
        {
            exported.Clear();
            provider.ForceFlush();
            output.WriteLine($"{what}:");
            exported.Sort(StringComparer.Ordinal);
            foreach (var line in exported.Take(4))
            {
                output.WriteLine("    " + line);
            }

            output.WriteLine($"    {exported.Count} points");
            Thread.Sleep(20);
        }

        observed = [Vf(0, 1000), Vf(1, 2000)];
        Export("two VFs");
        observed = [Vf(0, 1001)];
        Export("VF 1 has vanished: is it gone from the export?");
        observed = [Vf(0, 7), Vf(1, 5)];
        Export("VF 0 was recreated, and a new VF 1 has come: does either have a new start time?");

        observed = [.. Enumerable.Range(0, 3000).Select(vf => Vf(vf, 1))];
        Export("3,000 VFs under the default cardinality limit: are all there?");
        output.WriteLine($"    {exported.Count(line => line.Contains("overflow", StringComparison.Ordinal))} of them the overflow series");
        observed = [Vf(5000, 1)];
        Export("then only VF 5000, never seen before: is there room for it?");
        output.WriteLine($"    VF 5000 is among them: {exported.Any(line => line.Contains("vf=5000", StringComparison.Ordinal))}");
        output.WriteLine();
    }

    private static Measurement<long> Vf(int vf, long value) =>
        new(value, new KeyValuePair<string, object?>("vf", vf.ToString(CultureInfo.InvariantCulture)));

    private sealed class Recorder(List<string> lines) : BaseExporter<Metric>
    {
        public override ExportResult Export(in Batch<Metric> batch)
        {
            foreach (var metric in batch)
            {
                foreach (ref readonly var point in metric.GetMetricPoints())
                {
                    List<string> tags = [];
                    foreach (var tag in point.Tags)
                    {
                        tags.Add($"{tag.Key}={tag.Value}");
                    }

                    lines.Add($"{string.Join(',', tags)} = {point.GetSumLong()}, start {point.StartTime.UtcDateTime:HH:mm:ss.fff}");
                }
            }

            return ExportResult.Success;
        }
    }
}
