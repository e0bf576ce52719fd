using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;

namespace SriovPulse.Otlp.Comparison;

/// <summary>The fleet through the SDK at its best: observable counters, tags made once per VF, and its default cardinality limit, which suffices as long as no VF is remade.</summary>
internal sealed class SdkCost : IDisposable
{
    private readonly Meter _meter = new("comparison");
    private readonly KeyValuePair<string, object?>[][] _tags = new KeyValuePair<string, object?>[Fleet.Vfs][];
    private readonly Measurement<long>[][] _measurements = new Measurement<long>[Fleet.CountersPerVf][];
    private readonly MeterProvider _provider;
    private readonly HttpClient _client;
    private long _round;

    public SdkCost(Sink sink)
    {
        for (var vf = 0; vf < Fleet.Vfs; vf++)
        {
            _tags[vf] = [new("pf", Fleet.Pf(vf)), new("vf", Fleet.Index(vf))];
        }

        for (var i = 0; i < Fleet.CountersPerVf; i++)
        {
            var counter = i;
            _measurements[counter] = new Measurement<long>[Fleet.Vfs];
            _meter.CreateObservableCounter(Fleet.CounterName(counter), () => Observe(counter), "By", "One of twenty counters.");
        }

        _client = new HttpClient(sink, disposeHandler: false);
        var exporter = new OtlpMetricExporter(new OtlpExporterOptions
        {
            Protocol = OtlpExportProtocol.HttpProtobuf,
            Endpoint = new Uri("http://localhost:4318/v1/metrics"),
            HttpClientFactory = () => _client,
        });
        _provider = Sdk.CreateMeterProviderBuilder()
            .AddMeter(_meter.Name)
            .AddReader(new BaseExportingMetricReader(exporter) { TemporalityPreference = MetricReaderTemporalityPreference.Cumulative })
            .Build();
    }

    public void Export()
    {
        _round++;
        if (!_provider.ForceFlush())
        {
            throw new InvalidOperationException("the SDK's export failed");
        }
    }

    public void Dispose()
    {
        _provider.Dispose();
        _meter.Dispose();
        _client.Dispose();
    }

    // A Measurement copies its tags; there is no way to hand them over.
    private Measurement<long>[] Observe(int counter)
    {
        var measurements = _measurements[counter];
        for (var vf = 0; vf < Fleet.Vfs; vf++)
        {
            measurements[vf] = new Measurement<long>((long)Fleet.Value(vf, counter, _round), _tags[vf]);
        }

        return measurements;
    }
}
