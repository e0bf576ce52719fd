using Google.Protobuf.Collections;
using SriovPulse.Agent.Otlp.Wire;
using SriovPulse.Agent.Snapshots;
using SriovPulse.Agent.Tests.Otlp.Protocol;

namespace SriovPulse.Agent.Tests.Otlp;

/// <summary>Exports as the independent decoder reads them.</summary>
internal static class Decoded
{
    public static MetricsEncoder Encoder(int maxRequestBytes = MetricsEncoder.DefaultMaxRequestBytes) =>
        new([new("service.name", "sriovpulse-agent"), new("host.name", "h1")], "sriovpulse-agent", "1.2.3", maxRequestBytes);

    public static List<ExportMetricsServiceRequest> Requests(MetricsEncoder encoder, Snapshot snapshot)
    {
        encoder.Encode(snapshot);
        return [.. Enumerable.Range(0, encoder.RequestCount).Select(i => ExportMetricsServiceRequest.Parser.ParseFrom(encoder.Request(i).Span))];
    }

    public static List<Metric> Metrics(Snapshot snapshot) => [.. Requests(Encoder(), snapshot).SelectMany(Metrics)];

    public static IEnumerable<Metric> Metrics(ExportMetricsServiceRequest request) => request.ResourceMetrics.SelectMany(r => r.ScopeMetrics).SelectMany(s => s.Metrics);

    public static RepeatedField<NumberDataPoint> Points(this Metric metric) =>
        metric.DataCase == Metric.DataOneofCase.Sum ? metric.Sum.DataPoints : metric.Gauge.DataPoints;

    public static string Text(this RepeatedField<KeyValue> attributes) => string.Join(',', attributes.Select(a => $"{a.Key}={a.Value.StringValue}"));
}
