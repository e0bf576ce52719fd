using SriovPulse.Agent.Tests.Otlp.Protocol;

namespace SriovPulse.Agent.Tests.Otlp;

/// <summary>A request as <see cref="OtlpServer"/> got it.</summary>
internal sealed record ReceivedExport(
    string Path, string HttpVersion, IReadOnlyDictionary<string, string> Headers, ExportMetricsServiceRequest Request, string? ClientCertificate)
{
    public IEnumerable<string> MetricNames => Decoded.Metrics(Request).Select(metric => metric.Name);
}
