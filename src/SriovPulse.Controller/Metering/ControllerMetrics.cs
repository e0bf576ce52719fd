using Microsoft.AspNetCore.Http;
using Prometheus;
using SriovPulse.Metrics.Scraping;
using SriovPulse.Metrics.Store;

namespace SriovPulse.Controller.Metering;

/// <summary>The controller's own metrics, kept and written by prometheus-net.</summary>
internal sealed class ControllerMetrics
{
    private readonly CollectorRegistry _registry = Prometheus.Metrics.NewCustomRegistry();
    private readonly MetricFactory _factory;
    private readonly Counter _queries;
    private readonly Histogram _durations;

    public ControllerMetrics(SeriesStore store)
    {
        _factory = Prometheus.Metrics.WithCustomRegistry(_registry);
        _factory.ExemplarBehavior = ExemplarBehavior.NoExemplars();
        _queries = _factory.CreateCounter("sriovpulse_controller_api_requests_total", "Requests to the query API, by path and Prometheus' error type; empty: it succeeded.", ["path", "error"]);
        _durations = _factory.CreateHistogram(
            "sriovpulse_controller_api_request_duration_seconds",
            "How long requests to the query API took.",
            ["path"],
            new HistogramConfiguration { Buckets = [0.005, 0.025, 0.1, 0.25, 1, 2.5, 10, 30, 120] });
        Observe(store);
    }

    /// <summary>A request to the query API was answered.</summary>
    public void CountQuery(string path, string error, TimeSpan duration)
    {
        _queries.WithLabels(path, error).Inc();
        _durations.WithLabels(path).Observe(duration.TotalSeconds);
    }

    /// <summary>Tells how the targets stand.</summary>
    public void Observe(ScrapeService service)
    {
        var targets = _factory.CreateGauge("sriovpulse_controller_scrape_targets", "Targets by job and whether their last scrape succeeded; unknown: not scraped yet.", ["job", "health"]);
        _registry.AddBeforeCollectCallback(() =>
        {
            foreach (var known in targets.GetAllLabelValues().ToList())
            {
                targets.WithLabels(known).Set(0);
            }

            foreach (var target in service.Targets)
            {
                targets.WithLabels(target.Job, target.IsUp switch { true => "up", false => "down", _ => "unknown" }).Inc();
            }
        });
    }

    /// <summary>Answers a scrape.</summary>
    public async Task WriteAsync(HttpContext context)
    {
        context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        await _registry.CollectAndExportAsTextAsync(context.Response.Body, ExpositionFormat.PrometheusText, context.RequestAborted).ConfigureAwait(false);
    }

    private void Observe(SeriesStore store)
    {
        var series = _factory.CreateGauge("sriovpulse_controller_store_series", "Series in the store.");
        var bytes = _factory.CreateGauge("sriovpulse_controller_store_bytes", "Bytes that series and samples take, by the store's own count.");
        var limit = _factory.CreateGauge("sriovpulse_controller_store_limit_bytes", "Bytes that they may take.");
        var pressure = _factory.CreateGauge(
            "sriovpulse_controller_store_pressure",
            "What the memory limit has made the store do: 0 nothing, 1 shorten the window, 2 drop series that no rule selects, 3 refuse new series.");
        var window = _factory.CreateGauge("sriovpulse_controller_store_window_seconds", "How far back samples reach at most; +Inf: no limit.");
        var samples = _factory.CreateCounter("sriovpulse_controller_store_samples_total", "Samples stored.");
        var dropped = _factory.CreateCounter(
            "sriovpulse_controller_store_samples_dropped_total", "Samples not stored: older than their series' newest (order), with a second value for the same time (duplicate), for want of memory (memory).", ["reason"]);
        var (order, duplicate, memory) = (dropped.WithLabels("order"), dropped.WithLabels("duplicate"), dropped.WithLabels("memory"));
        var blocks = _factory.CreateCounter("sriovpulse_controller_store_blocks_dropped_total", "Packed blocks that the memory limit dropped before their window had passed.");
        var seriesDropped = _factory.CreateCounter("sriovpulse_controller_store_series_dropped_total", "Series that the memory limit dropped because no loaded rule selects them.");
        _registry.AddBeforeCollectCallback(() =>
        {
            series.Set(store.SeriesCount);
            bytes.Set(store.Bytes);
            limit.Set(store.MemoryLimit);
            pressure.Set((int)store.Pressure);
            window.Set(store.EffectiveWindow is { Ticks: >= 0 } effective ? effective.TotalSeconds : double.PositiveInfinity);
            samples.IncTo(store.SamplesAppended);
            order.IncTo(store.SamplesOutOfOrder);
            duplicate.IncTo(store.SamplesDuplicate);
            memory.IncTo(store.SamplesOverLimit);
            blocks.IncTo(store.BlocksDroppedEarly);
            seriesDropped.IncTo(store.SeriesDroppedByLimit);
        });
    }
}
