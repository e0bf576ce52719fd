using SriovPulse.Metrics.Exposition;

namespace SriovPulse.Metrics.Scraping.Configuration;

/// <summary>Reads one <c>scrape_configs</c> entry.</summary>
/// <param name="text">The file.</param>
/// <param name="folder">Its folder.</param>
/// <param name="defaults">What <c>global</c> says.</param>
internal sealed class ScrapeJobReader(YamlText text, string folder, ScrapeJob defaults)
{
    private static readonly TimeSpan s_refreshInterval = TimeSpan.FromMinutes(5);

    public ScrapeJob Read(YamlSection section)
    {
        if (!section.Has("job_name"))
        {
            section.Refuse("job_name", "a scrape config needs a job_name");
        }

        var interval = section.Duration("scrape_interval") ?? defaults.Interval;
        var timeout = section.Duration("scrape_timeout");
        if (timeout > interval)
        {
            section.Refuse("scrape_timeout", $"scrape_timeout is longer than the interval of {PrometheusDuration.Format(interval)}: a scrape must end before the next");
        }

        var job = defaults with
        {
            Name = section.Text("job_name") ?? string.Empty,
            Interval = interval,
            Timeout = timeout ?? ScrapeConfigurationReader.Shorter(defaults.Timeout, interval),
            MetricsPath = section.Text("metrics_path") ?? defaults.MetricsPath,
            Scheme = ReadScheme(section),
            Parameters = ReadParameters(section),
            HonorLabels = section.Flag("honor_labels", defaults.HonorLabels),
            HonorTimestamps = section.Flag("honor_timestamps", defaults.HonorTimestamps),
            EnableCompression = section.Flag("enable_compression", defaults.EnableCompression),
            FollowRedirects = section.Flag("follow_redirects", defaults.FollowRedirects),
            FallbackFormat = ReadFallback(section) ?? defaults.FallbackFormat,
            Credentials = new CredentialsReader(folder).Read(section),
            Tls = section.Section("tls_config") is { } tls ? ReadTls(tls) : defaults.Tls,
            Limits = ReadLimits(section, defaults.Limits),
            StaticTargets = [.. section.Sections("static_configs").Select(ReadGroup)],
            FileTargets = [.. section.Sections("file_sd_configs").Select(ReadFiles)],
            TargetRules = RelabelRuleReader.Read(section, "relabel_configs"),
            SampleRules = RelabelRuleReader.Read(section, "metric_relabel_configs"),
        };
        return job with { Fingerprint = $"{section.Fingerprint} {job.Interval} {job.Timeout} {job.Limits} {job.FallbackFormat}" };
    }

    public static ScrapeLimits ReadLimits(YamlSection section, ScrapeLimits otherwise) => new()
    {
        Samples = section.Count("sample_limit") ?? otherwise.Samples,
        BodyBytes = section.Size("body_size_limit") ?? otherwise.BodyBytes,
        Labels = section.Count("label_limit") ?? otherwise.Labels,
        LabelNameLength = section.Count("label_name_length_limit") ?? otherwise.LabelNameLength,
        LabelValueLength = section.Count("label_value_length_limit") ?? otherwise.LabelValueLength,
    };

    public static ExpositionFormat? ReadFallback(YamlSection section) => section.Parse(
        "fallback_scrape_protocol",
        "PrometheusText0.0.4, OpenMetricsText0.0.1 or OpenMetricsText1.0.0",
        static name => name switch
        {
            "PrometheusText0.0.4" or "PrometheusText1.0.0" => ExpositionFormat.PrometheusText,
            "OpenMetricsText0.0.1" or "OpenMetricsText1.0.0" => ExpositionFormat.OpenMetrics,
            _ => (ExpositionFormat?)null,
        });

    private string ReadScheme(YamlSection section)
    {
        var scheme = section.Text("scheme") ?? defaults.Scheme;
        if (scheme is not ("http" or "https"))
        {
            section.Refuse("scheme", $"scheme: expected http or https, found \"{scheme}\"");
        }

        return scheme;
    }

    private static Dictionary<string, IReadOnlyList<string>> ReadParameters(YamlSection section) => section.Entries("params").ToDictionary(
        static entry => entry.Key,
        entry => (IReadOnlyList<string>)[.. section.Items(entry.Value, $"params.{entry.Key}")
            .Select(item => section.Scalar(item, $"an entry of params.{entry.Key}", "text"))
            .OfType<string>()]);

    private ScrapeTls ReadTls(YamlSection section)
    {
        var tls = new ScrapeTls
        {
            CaFile = FullPath(section.Text("ca_file")),
            CertificateFile = FullPath(section.Text("cert_file")),
            KeyFile = FullPath(section.Text("key_file")),
            ServerName = section.Text("server_name"),
            InsecureSkipVerify = section.Flag("insecure_skip_verify", otherwise: false),
        };
        if (tls.CertificateFile is null != tls.KeyFile is null)
        {
            section.Refuse(tls.KeyFile is null ? "cert_file" : "key_file", "cert_file and key_file come together: give both or none");
        }

        section.Close();
        return tls;
    }

    private TargetGroup ReadGroup(YamlSection section) => TargetGroupReader.Read(text, section);

    private FileTargets ReadFiles(YamlSection section)
    {
        var patterns = section.Texts("files");
        if (patterns.Count == 0)
        {
            section.Refuse("files", "file_sd_configs needs files: paths whose last part may hold *");
        }

        foreach (var pattern in patterns)
        {
            if (!pattern.EndsWith(".json", StringComparison.Ordinal) && !pattern.EndsWith(".yml", StringComparison.Ordinal) && !pattern.EndsWith(".yaml", StringComparison.Ordinal))
            {
                section.Refuse("files", $"\"{pattern}\" must end in .json, .yml or .yaml");
            }
            else if (Path.GetDirectoryName(pattern) is { } directory && directory.Contains('*', StringComparison.Ordinal))
            {
                section.Refuse("files", $"\"{pattern}\" has * before its last part: only the name of the file may hold it");
            }
        }

        var refresh = section.Duration("refresh_interval") ?? s_refreshInterval;
        section.Close();
        return new FileTargets([.. patterns.Select(pattern => Path.GetFullPath(pattern, folder))], refresh);
    }

    private string? FullPath(string? path) => path is null ? null : Path.GetFullPath(path, folder);
}
