using SriovPulse.Metrics.Scraping.Configuration;
using SriovPulse.Metrics.Scraping.Discovery;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Tests.Scraping;

public sealed class TargetBuilderTests
{
    [Fact]
    public void A_plain_target()
    {
        var target = Build("{job_name: j}", "h1:9836")!;

        Assert.Equal("{instance=\"h1:9836\", job=\"j\", rack=\"r\"}", target.Labels.ToString());
        Assert.Equal(new Uri("http://h1:9836/metrics"), target.Url);
        Assert.Equal((TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(10)), (target.Interval, target.Timeout));
    }

    [Fact]
    public void Relabelling_decides_everything()
    {
        const string Job = """
            job_name: j
            params: {module: [a, b], q: [x y]}
            relabel_configs:
              - {source_labels: [__address__], target_label: __param_target}
              - {target_label: __param_module, replacement: c}
              - {target_label: __address__, replacement: proxy:1}
              - {target_label: __scheme__, replacement: https}
              - {target_label: __metrics_path__, replacement: p}
              - {target_label: __scrape_interval__, replacement: 30s}
              - {target_label: __scrape_timeout__, replacement: 20s}
              - {target_label: instance, replacement: i}
              - {target_label: job, replacement: other}
            """;

        var target = Build(Job, "h1")!;

        Assert.Equal("{instance=\"i\", job=\"other\", rack=\"r\"}", target.Labels.ToString());
        Assert.Equal("https://proxy:1/p?module=c&module=b&q=x%20y&target=h1", target.Url.AbsoluteUri);
        Assert.Equal((TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(20)), (target.Interval, target.Timeout));
    }

    [Fact]
    public void A_dropped_target_is_none() => Assert.Null(Build("{job_name: j, relabel_configs: [{action: drop, source_labels: [rack], regex: r}]}", "h1"));

    [Theory]
    [InlineData("http://h1:1", "__address__ is \"http://h1:1\": expected host:port, without scheme and path")]
    [InlineData("h 1:x", "\"http://h 1:x/metrics\" is no address of HTTP")]
    public void Bad_addresses(string address, string problem) =>
        Assert.Equal(problem, Assert.Throws<FormatException>(() => Build("{job_name: j}", address)).Message);

    [Fact]
    public void The_same_target_twice_is_one_and_a_bad_one_harms_no_other()
    {
        var problems = new List<string>();
        TargetGroup[] groups = [new(["a:1", "b/"], Labels.Empty), new(["a:1", "c:1"], Labels.Empty)];

        var targets = TargetBuilder.Build(new ScrapeJob { Name = "j" }, groups, problems.Add);

        Assert.Equal(["http://a:1/metrics", "http://c:1/metrics"], targets.Select(static target => target.Url.AbsoluteUri));
        Assert.Equal(["job j, target b/: __address__ is \"b/\": expected host:port, without scheme and path"], problems);
    }

    private static ScrapeTarget? Build(string job, string address)
    {
        var indented = job.StartsWith('{') ? $"scrape_configs: [{job}]" : "scrape_configs:\n  - " + job.ReplaceLineEndings("\n    ");
        var configuration = ScrapeConfigurationReader.Read("c.yml", indented, out var problems);
        Assert.Empty(problems);
        return TargetBuilder.Build(configuration!.Jobs[0], address, Labels.Create(new Label("rack", "r")));
    }
}
