using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SriovPulse.Agent.Otlp.Transport;
using SriovPulse.Agent.Otlp.Wire;
using SriovPulse.Agent.Snapshots;

namespace SriovPulse.Agent.Otlp;

/// <summary>Exports the snapshots of <see cref="ISnapshotSource"/> over OTLP, one per interval, for as long as the agent runs.</summary>
internal sealed class OtlpPushService : BackgroundService
{
    private readonly OtlpConfiguration _configuration;
    private readonly OtlpExporter _exporter;
    private readonly IOtlpTransport _transport;
    private readonly TimeProvider _clock;
    private readonly Random _random;
    private readonly ILogger _logger;

    /// <param name="configuration">Where, how and how often.</param>
    /// <param name="resource">Who exports (<see cref="OtlpResource.Describe"/>).</param>
    /// <param name="version">The agent's version.</param>
    /// <param name="source">What is exported.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="seed">Of the jitter; to differ from host to host.</param>
    /// <param name="logger">The log.</param>
    /// <exception cref="OtlpConfigurationException">A certificate cannot be read.</exception>
    public OtlpPushService(
        OtlpConfiguration configuration,
        IReadOnlyList<KeyValuePair<string, string>> resource,
        string version,
        ISnapshotSource source,
        TimeProvider clock,
        int seed,
        ILogger<OtlpPushService> logger)
    {
        _configuration = configuration;
        _clock = clock;
        _random = new Random(seed);
        _logger = logger;
        _transport = OtlpTransports.Create(configuration, $"{OtlpResource.ServiceName}/{version}", clock);
        var encoder = new MetricsEncoder(resource, OtlpResource.ServiceName, version, MetricsEncoder.DefaultMaxRequestBytes);
        _exporter = new OtlpExporter(configuration, encoder, source, _transport, new RetryDelay(_random), clock, logger);
    }

    /// <summary>What has become of the exports so far.</summary>
    public OtlpExporterStatistics Statistics => _exporter.Statistics;

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _transport.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        OtlpLog.Started(_logger, _configuration.Endpoint, _configuration.Protocol, _configuration.Interval.TotalSeconds);
        try
        {
            // Agents that are started together, as a fleet is, spread over the interval.
            await Task.Delay(_configuration.Interval * _random.NextDouble(), _clock, stoppingToken).ConfigureAwait(false);
            using var timer = new PeriodicTimer(_configuration.Interval, _clock);
            do
            {
                await ExportAsync(stoppingToken).ConfigureAwait(false);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The agent stops. Nothing is flushed: a last export would only repeat the counters, and could hold up the stop.
        }
    }

    private async Task ExportAsync(CancellationToken stoppingToken)
    {
        try
        {
            await _exporter.ExportAsync(stoppingToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            // An unforeseen exception must not end the agent, nor silently end the exports.
            Statistics.CountFailure();
            OtlpLog.Defect(_logger, e);
        }
    }
}
