using System.Buffers;
using Microsoft.Extensions.Logging;
using Prometheus;
using SriovPulse.Agent.Otlp;

namespace SriovPulse.Agent.Exposition;

/// <summary>
/// The program's own metrics, kept and written by prometheus-net; the host's are not, because its counters never fall. None of the library's default
/// metrics: they are either dear (event counters, meters) or named otherwise than dashboards expect.
/// </summary>
internal sealed class ProgramMetrics : IDisposable
{
    private static readonly string[] s_levels = ["debug", "info", "warn", "error"];
    private readonly CollectorRegistry _registry = Prometheus.Metrics.NewCustomRegistry();
    private readonly MemoryStream _scratch = new();
    private readonly Counter.Child[] _logMessages;
    private readonly ProcessMetrics _process;

    public ProgramMetrics()
    {
        Factory = Prometheus.Metrics.WithCustomRegistry(_registry);
        Factory.ExemplarBehavior = ExemplarBehavior.NoExemplars();
        _process = new ProcessMetrics(Factory);
        _registry.AddBeforeCollectCallback(_process.Update);

        Requests = Factory.CreateCounter("sriovpulse_agent_http_requests_total", "HTTP requests answered.", ["handler", "code"]);
        Scrapes = Factory.CreateCounter("sriovpulse_agent_scrapes_total", "Expositions sent in full.", ["format", "encoding"]);
        AbortedScrapes = Factory.CreateCounter(
            "sriovpulse_agent_scrapes_aborted_total",
            "Expositions not sent in full: the scraper went away (gone), had not read it when its own timeout had passed (late), or held memory needed by others (slow).",
            ["reason"]);
        Renders = Factory.CreateCounter("sriovpulse_agent_renders_total", "Expositions rendered; concurrent scrapes share one.", ["format"]);
        Connections = Factory.CreateGauge("sriovpulse_agent_http_connections", "Open connections.");
        var logMessages = Factory.CreateCounter("sriovpulse_agent_log_messages_total", "Lines written to the log.", ["level"]);
        _logMessages = [.. s_levels.Select(level => logMessages.WithLabels(level))];

        // Counters that begin at zero are seen to rise; and prometheus-net writes a family's header even where it has no sample.
        Requests.WithLabels("metrics", "200");
        foreach (var format in Enum.GetValues<ExpositionFormat>())
        {
            Renders.WithLabels(format.Label());
            Scrapes.WithLabels(format.Label(), BodyEncoding.Identity.Label());
            Scrapes.WithLabels(format.Label(), BodyEncoding.Gzip.Label());
        }

        foreach (var reason in (ReadOnlySpan<string>)["gone", "late", "slow"])
        {
            AbortedScrapes.WithLabels(reason);
        }
    }

    /// <summary>For further metrics of the program; names begin with <c>sriovpulse_agent_</c>.</summary>
    public IMetricFactory Factory { get; }

    public Counter Requests { get; }

    public Counter Scrapes { get; }

    public Counter AbortedScrapes { get; }

    public Counter Renders { get; }

    public Gauge Connections { get; }

    /// <summary>Counts a line of the log.</summary>
    public void CountLogMessage(LogLevel level) =>
        _logMessages[level switch { <= LogLevel.Debug => 0, LogLevel.Information => 1, LogLevel.Warning => 2, _ => 3 }].Inc();

    /// <summary>Tells what becomes of the OTLP exports.</summary>
    public void Observe(OtlpExporterStatistics statistics)
    {
        var exports = Factory.CreateCounter("sriovpulse_agent_otlp_exports_total", "OTLP exports, by how they ended.", ["outcome"]);
        var (succeeded, failed) = (exports.WithLabels("succeeded"), exports.WithLabels("failed"));
        var retries = Factory.CreateCounter("sriovpulse_agent_otlp_retries_total", "OTLP requests sent again.");
        var rejected = Factory.CreateCounter("sriovpulse_agent_otlp_rejected_points_total", "Data points that the OTLP receiver did not accept.");
        var last = Factory.CreateGauge("sriovpulse_agent_otlp_last_success_timestamp_seconds", "When an OTLP export last succeeded, Unix time; absent when none has.", new GaugeConfiguration { SuppressInitialValue = true });
        _registry.AddBeforeCollectCallback(() =>
        {
            succeeded.IncTo(statistics.Succeeded);
            failed.IncTo(statistics.Failed);
            retries.IncTo(statistics.Retries);
            rejected.IncTo(statistics.RejectedPoints);
            if (statistics.LastSuccessUnixMilliseconds > 0)
            {
                last.Set(statistics.LastSuccessUnixMilliseconds / 1000.0);
            }
        });
    }

    /// <summary>Writes all of them, without the mark that ends an OpenMetrics document. One caller at a time.</summary>
    public async Task WriteAsync(IBufferWriter<byte> writer, ExpositionFormat format, CancellationToken cancellationToken)
    {
        _scratch.SetLength(0);
        var theirs = format == ExpositionFormat.OpenMetrics ? Prometheus.ExpositionFormat.OpenMetricsText : Prometheus.ExpositionFormat.PrometheusText;
        await _registry.CollectAndExportAsTextAsync(_scratch, theirs, cancellationToken).ConfigureAwait(false);
        var text = _scratch.GetBuffer().AsSpan(0, (int)_scratch.Length);

        // prometheus-net takes its part for the whole document.
        writer.Write(text.EndsWith("# EOF\n"u8) ? text[..^"# EOF\n"u8.Length] : text);
    }

    public void Dispose()
    {
        _process.Dispose();
        _scratch.Dispose();
    }
}
