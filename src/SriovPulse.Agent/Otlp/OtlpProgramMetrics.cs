using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using SriovPulse.Agent.Otlp.Transport;

namespace SriovPulse.Agent.Otlp;

/// <summary>Pushes what .NET and Kestrel measure of the program itself, through the OpenTelemetry SDK, to the place where <see cref="OtlpPushService"/> pushes the host's.</summary>
internal sealed class OtlpProgramMetrics(
    OtlpConfiguration configuration, IReadOnlyList<KeyValuePair<string, string>> resource, string version) : IHostedService, IDisposable
{
    // The SDK allocates room for this many at once, for each metric; its default of 2,000 costs MiBs, and these metrics have a handful.
    private const int MostSeriesPerMetric = 100;

    private MeterProvider? _provider;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var options = new OtlpExporterOptions
        {
            Endpoint = configuration.Endpoint,
            Protocol = configuration.Protocol == OtlpProtocol.Grpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf,

            // The client sets them: the SDK would take a value apart at its commas, encoded or not, and would read the environment's by itself.
            Headers = string.Empty,
            Compression = configuration.Compression == OtlpCompression.Gzip ? OtlpExportCompression.GZip : OtlpExportCompression.None,
            TimeoutMilliseconds = (int)configuration.Timeout.TotalMilliseconds,
            HttpClientFactory = CreateClient,
            UserAgentProductIdentifier = $"{OtlpResource.ServiceName}/{version}",
        };

        // The same resource to the letter, without the SDK's own attributes: two descriptions of one instance would contradict each other.
        _provider = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(ResourceBuilder.CreateEmpty().AddAttributes(resource.Select(attribute => KeyValuePair.Create<string, object>(attribute.Key, attribute.Value))))
            .AddMeter("System.Runtime", "Microsoft.AspNetCore.Server.Kestrel")
            .AddView("*", new MetricStreamConfiguration { CardinalityLimit = MostSeriesPerMetric })
            .AddReader(new PeriodicExportingMetricReader(new OtlpMetricExporter(options), (int)configuration.Interval.TotalMilliseconds, options.TimeoutMilliseconds)
            {
                TemporalityPreference = MetricReaderTemporalityPreference.Cumulative,
            })
            .Build();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        // Without patience for the SDK's last export, which a server that hangs would turn into a stop that hangs.
        _provider?.Shutdown(0);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose() => _provider?.Dispose();

    private HttpClient CreateClient()
    {
        var client = new HttpClient(OtlpTransports.CreateHandler(configuration)) { Timeout = configuration.Timeout };
        foreach (var (name, value) in configuration.Headers)
        {
            client.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        }

        return client;
    }
}
