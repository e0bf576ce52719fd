using SriovPulse.Metrics.Exposition;
using SriovPulse.Metrics.Scraping.Configuration;

namespace SriovPulse.Metrics.Tests.Scraping;

public sealed class ConfigurationTests
{
    [Fact]
    public void A_job_with_everything()
    {
        const string Yaml = """
            global:
              scrape_interval: 15s
              scrape_timeout: 5s
              sample_limit: 1000
            scrape_configs:
              - job_name: sriov
                scrape_interval: 1m30s
                metrics_path: /m
                scheme: https
                honor_labels: true
                honor_timestamps: false
                enable_compression: false
                follow_redirects: false
                fallback_scrape_protocol: OpenMetricsText1.0.0
                params: {module: [a, b], x: [c]}
                basic_auth: {username: u, password_file: secret}
                tls_config: {ca_file: ca.pem, cert_file: /c.pem, key_file: k.pem, server_name: s, insecure_skip_verify: true}
                body_size_limit: 1.5MB
                label_limit: 30
                label_name_length_limit: 40
                label_value_length_limit: 50
                static_configs:
                  - targets: ['h1:9836', h2]
                    labels: {rack: r1}
                file_sd_configs:
                  - files: [targets/*.json]
                    refresh_interval: 30s
                relabel_configs:
                  - source_labels: [__address__]
                    target_label: instance
                metric_relabel_configs:
                  - {action: drop, source_labels: [__name__], regex: go_.*}
              - job_name: plain
            """;

        var configuration = ScrapeConfigurationReader.Read("/etc/x/c.yml", Yaml, out var problems);

        Assert.Empty(problems);
        var job = configuration!.Jobs[0];
        Assert.Equal(("sriov", TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(5), "/m", "https"), (job.Name, job.Interval, job.Timeout, job.MetricsPath, job.Scheme));
        Assert.Equal((true, false, false, false), (job.HonorLabels, job.HonorTimestamps, job.EnableCompression, job.FollowRedirects));
        Assert.Equal(ExpositionFormat.OpenMetrics, job.FallbackFormat);
        Assert.Equal(["a", "b"], job.Parameters["module"]);
        Assert.Equal(new ScrapeCredentials { Scheme = "Basic", Username = "u", SecretFile = "/etc/x/secret" }, job.Credentials);
        Assert.Equal(
            new ScrapeTls { CaFile = "/etc/x/ca.pem", CertificateFile = "/c.pem", KeyFile = "/etc/x/k.pem", ServerName = "s", InsecureSkipVerify = true }, job.Tls);
        Assert.Equal(new ScrapeLimits { Samples = 1000, BodyBytes = 1_572_864, Labels = 30, LabelNameLength = 40, LabelValueLength = 50 }, job.Limits);
        Assert.Equal(["h1:9836", "h2"], job.StaticTargets[0].Addresses);
        Assert.Equal("{rack=\"r1\"}", job.StaticTargets[0].Labels.ToString());
        Assert.Equal(["/etc/x/targets/*.json"], job.FileTargets[0].Patterns);
        Assert.Equal(TimeSpan.FromSeconds(30), job.FileTargets[0].RefreshInterval);
        Assert.Single(job.TargetRules);
        Assert.Single(job.SampleRules);
        Assert.Equal((TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(5), "/metrics"), (configuration.Jobs[1].Interval, configuration.Jobs[1].Timeout, configuration.Jobs[1].MetricsPath));
    }

    [Fact]
    public void Defaults_are_those_of_Prometheus()
    {
        var job = ScrapeConfigurationReader.Read("c.yml", "scrape_configs: [{job_name: j, scrape_interval: 5s}, {job_name: k}]", out _)!.Jobs;

        Assert.Equal((TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5)), (job[0].Interval, job[0].Timeout));
        Assert.Equal((TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(10)), (job[1].Interval, job[1].Timeout));
        Assert.Equal((false, true, true, true), (job[1].HonorLabels, job[1].HonorTimestamps, job[1].EnableCompression, job[1].FollowRedirects));
    }

    [Fact]
    public void All_problems_are_told_with_their_place()
    {
        const string Yaml = """
            global:
              scrape_intervall: 15s
            scrape_configs:
              - job_name: a
                scrape_timeout: 2m
                scheme: ftp
                kubernetes_sd_configs: []
                basic_auth: {username: u}
                bearer_token: t
                sample_limit: -1
                static_configs:
                  - targets: []
                    labels: {1x: y}
                file_sd_configs:
                  - files: [x.txt, '*/y.json']
                relabel_configs:
                  - {action: hashmod, target_label: x}
                  - {action: labeldrop, regex: a, source_labels: [b]}
                  - {action: replcae}
                  - {source_labels: [a], regex: '(', target_label: b}
                  - {action: keepequal, source_labels: [a], regex: b, target_label: c}
              - job_name: a
              - metrics_path: /x
            """;

        Assert.Null(ScrapeConfigurationReader.Read("c.yml", Yaml, out var problems));

        string[] expected =
        [
            "c.yml:2:3: global has no key scrape_intervall: did you mean scrape_interval?",
            "c.yml:5:21: scrape_timeout is longer than the interval of 1m: a scrape must end before the next",
            "c.yml:6:13: scheme: expected http or https, found \"ftp\"",
            "c.yml:7:5: kubernetes_sd_configs is not supported: have targets written to a file and name it in file_sd_configs",
            "c.yml:9:19: basic_auth and bearer_token exclude each other: keep one",
            "c.yml:10:19: sample_limit: expected a whole number, 0 or more, found \"-1\"",
            "c.yml:12:18: targets is missing or empty: give host:port of each target",
            "c.yml:13:22: labels: \"1x\" is no label name (letters, digits and _, no digit first)",
            "c.yml:15:16: \"x.txt\" must end in .json, .yml or .yaml",
            "c.yml:15:16: \"*/y.json\" has * before its last part: only the name of the file may hold it",
            "c.yml:17:9: hashmod needs a modulus above 0",
            "c.yml:18:54: labeldrop looks at label names and uses regex alone: remove source_labels",
            "c.yml:19:18: action: expected one of replace, keep, drop, keepequal, dropequal, hashmod, labelmap, labeldrop, labelkeep, lowercase, uppercase, found \"replcae\"",
            "c.yml:19:9: replace needs a target_label",
            "c.yml:20:37: regex: \"(\" is no regular expression of RE2's kind",
            "c.yml:21:56: keepequal uses source_labels and target_label alone: remove regex",
            "c.yml:22:15: there is another job a: names of jobs differ",
            "c.yml:23:5: a scrape config needs a job_name",
        ];
        Assert.Equal(expected.Order(StringComparer.Ordinal), problems.Select(static problem => problem.ToString().Split(" kind: ")[0] + (problem.Message.Contains(" kind: ", StringComparison.Ordinal) ? " kind" : string.Empty)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("[", "c.yml:2:1: not well-formed YAML")]
    [InlineData("- a", "c.yml:1:1: the file: expected keys with values, found a list of 1")]
    [InlineData("rule_files: []", "c.yml:1:1: the file has no key rule_files: known are global, scrape_configs")]
    public void What_is_no_configuration_at_all(string yaml, string problem)
    {
        Assert.Null(ScrapeConfigurationReader.Read("c.yml", yaml, out var problems));
        Assert.StartsWith(problem, Assert.Single(problems).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("15s", 15_000)]
    [InlineData("1h30m", 5_400_000)]
    [InlineData("1m500ms", 60_500)]
    [InlineData("1y2w3d", 31_536_000_000 + (17 * 86_400_000L))]
    public void Durations(string text, long milliseconds)
    {
        Assert.True(PrometheusDuration.TryParse(text, out var duration));
        Assert.Equal(milliseconds, duration.TotalMilliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("15")]
    [InlineData("1.5s")]
    [InlineData("s")]
    [InlineData("1s1m")]
    [InlineData("1s1s")]
    [InlineData("1 s")]
    [InlineData("-1s")]
    [InlineData("99999999999999999999y")]
    public void No_durations(string text) => Assert.False(PrometheusDuration.TryParse(text, out _));

    [Theory]
    [InlineData("0", 0)]
    [InlineData("512", 512)]
    [InlineData("10KB", 10_240)]
    [InlineData("1.5MiB", 1_572_864)]
    public void Sizes(string text, long bytes)
    {
        Assert.True(ByteSize.TryParse(text, out var size));
        Assert.Equal(bytes, size);
    }

    [Theory]
    [InlineData("")]
    [InlineData("MB")]
    [InlineData("1mb")]
    [InlineData("1XB")]
    [InlineData("-1")]
    public void No_sizes(string text) => Assert.False(ByteSize.TryParse(text, out _));
}
