using SriovPulse.Metrics.Ingest;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Scraping;

/// <summary>The samples that a scrape adds about itself: <c>up</c> and its companions.</summary>
internal sealed class ScrapeReport
{
    // No exposition can hold 0xff outside quotes, so these texts are never a target's own series.
    private static readonly byte[] s_up = [.. "up"u8, 0xff];
    private static readonly byte[] s_duration = [.. "scrape_duration_seconds"u8, 0xff];
    private static readonly byte[] s_scraped = [.. "scrape_samples_scraped"u8, 0xff];
    private static readonly byte[] s_kept = [.. "scrape_samples_post_metric_relabeling"u8, 0xff];
    private static readonly byte[] s_added = [.. "scrape_series_added"u8, 0xff];

    private static readonly string[] s_names =
        ["up", "scrape_duration_seconds", "scrape_samples_scraped", "scrape_samples_post_metric_relabeling", "scrape_series_added"];

    private readonly Labels[] _labels;
    private bool _isDescribed;

    public ScrapeReport(Labels targetLabels) => _labels =
    [
        .. s_names.Select(name => Labels.Create([.. targetLabels.AsSpan(), new Label(Labels.MetricName, name)])),
    ];

    public void Append(IScrapeAppender appender, long timestamp, bool isUp, TimeSpan duration, ScrapeIntake intake)
    {
        if (!_isDescribed)
        {
            _isDescribed = true;
            appender.SetMetadata("up"u8, MetricKind.Gauge, "Whether the last scrape of the target succeeded"u8, default);
            appender.SetMetadata("scrape_duration_seconds"u8, MetricKind.Gauge, "How long the last scrape took"u8, "seconds"u8);
            appender.SetMetadata("scrape_samples_scraped"u8, MetricKind.Gauge, "Samples that the target exposed"u8, default);
            appender.SetMetadata("scrape_samples_post_metric_relabeling"u8, MetricKind.Gauge, "Samples that metric relabelling left"u8, default);
            appender.SetMetadata("scrape_series_added"u8, MetricKind.Gauge, "Series that were new in the last scrape"u8, default);
        }

        Append(appender, s_up, _labels[0], timestamp, isUp ? 1 : 0);
        Append(appender, s_duration, _labels[1], timestamp, duration.TotalSeconds);
        Append(appender, s_scraped, _labels[2], timestamp, intake.Scraped);
        Append(appender, s_kept, _labels[3], timestamp, intake.Kept);
        Append(appender, s_added, _labels[4], timestamp, intake.SeriesAdded);
    }

    private static void Append(IScrapeAppender appender, byte[] text, Labels labels, long timestamp, double value)
    {
        if (!appender.TryAdd(text, timestamp, value))
        {
            appender.Add(text, labels, timestamp, value);
        }
    }
}
