using SriovPulse.Metrics.Exposition;
using SriovPulse.Metrics.Scraping.Relabeling;

namespace SriovPulse.Metrics.Scraping.Configuration;

/// <summary>One <c>scrape_configs</c> entry, with what it takes over from <c>global</c>.</summary>
public sealed record ScrapeJob
{
    /// <summary><c>job_name</c>: default of the label <c>job</c>.</summary>
    public required string Name { get; init; }

    /// <summary><c>scrape_interval</c>.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary><c>scrape_timeout</c>, at most the interval.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary><c>metrics_path</c>.</summary>
    public string MetricsPath { get; init; } = "/metrics";

    /// <summary><c>scheme</c>: http or https.</summary>
    public string Scheme { get; init; } = "http";

    /// <summary><c>params</c>: of the query.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Parameters { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary><c>honor_labels</c>: whether labels of the exposition win over the target's.</summary>
    public bool HonorLabels { get; init; }

    /// <summary><c>honor_timestamps</c>: whether timestamps of the exposition count.</summary>
    public bool HonorTimestamps { get; init; } = true;

    /// <summary><c>enable_compression</c>: whether gzip is asked for.</summary>
    public bool EnableCompression { get; init; } = true;

    /// <summary><c>follow_redirects</c>.</summary>
    public bool FollowRedirects { get; init; } = true;

    /// <summary><c>fallback_scrape_protocol</c>: the format where the target names none; null to fail.</summary>
    public ExpositionFormat? FallbackFormat { get; init; }

    /// <summary>Who scrapes: user and password, or token.</summary>
    public ScrapeCredentials? Credentials { get; init; }

    /// <summary><c>tls_config</c>.</summary>
    public ScrapeTls Tls { get; init; } = new();

    /// <summary><c>sample_limit</c>, <c>body_size_limit</c> and the limits on labels.</summary>
    public ScrapeLimits Limits { get; init; } = new();

    /// <summary><c>static_configs</c>.</summary>
    public IReadOnlyList<TargetGroup> StaticTargets { get; init; } = [];

    /// <summary><c>file_sd_configs</c>.</summary>
    public IReadOnlyList<FileTargets> FileTargets { get; init; } = [];

    /// <summary><c>relabel_configs</c>: on targets.</summary>
    public IReadOnlyList<RelabelRule> TargetRules { get; init; } = [];

    /// <summary><c>metric_relabel_configs</c>: on samples.</summary>
    public IReadOnlyList<RelabelRule> SampleRules { get; init; } = [];

    /// <summary>Equal for entries that say the same, so that a reload leaves alone what did not change.</summary>
    public string Fingerprint { get; init; } = string.Empty;
}
