using System.Text;
using SriovPulse.Metrics.Scraping.Configuration;
using SriovPulse.Metrics.Scraping.Discovery;
using SriovPulse.Metrics.Tests.Exposition;
using SriovPulse.Testing.Netlink;

namespace SriovPulse.Metrics.Tests.Scraping;

/// <summary>Damaged configurations are read or refused with a place in the file; none throws.</summary>
public sealed class ConfigurationMutationTests
{
    private const int Iterations = 3_000;
    private const ulong Seed = 20_260_803;

    private static readonly string[] s_configurations =
    [
        """
        global: {scrape_interval: 15s, scrape_timeout: 5s, body_size_limit: 10MB}
        scrape_configs:
          - job_name: sriov
            params: {x: [a]}
            basic_auth: {username: u, password: p}
            tls_config: {ca_file: ca.pem}
            static_configs: [{targets: ['h1:9836'], labels: {rack: r1}}]
            file_sd_configs: [{files: [targets/*.json], refresh_interval: 30s}]
            relabel_configs: [{source_labels: [__address__, rack], regex: (.*);(.*), target_label: instance, replacement: $1-${2}}]
            metric_relabel_configs:
              - {action: hashmod, source_labels: [__name__], modulus: 8, target_label: shard}
              - {action: labelmap, regex: x_(.+)}
        """,
    ];

    private static readonly string[] s_targets = ["- targets: ['h1:1', h2]\n  labels: {__meta_filepath: x, rack: r}\n", "[{\"targets\": [\"h1:1\"], \"labels\": {\"job\": \"j\"}}]"];

    [Fact]
    public void Configurations()
    {
        var mutator = new ExpositionMutator([.. s_configurations.Select(Encoding.UTF8.GetBytes)]);
        var read = 0;
        for (var i = 0; i < Iterations; i++)
        {
            var random = new FuzzRandom(Seed, (ulong)i);
            var yaml = Encoding.UTF8.GetString(mutator.Mutate(ref random));
            var configuration = ScrapeConfigurationReader.Read("c.yml", yaml, out var problems);

            Assert.Equal(configuration is null, problems.Count > 0);
            Assert.All(problems, static problem => Assert.True(problem is { Line: > 0, Column: > 0, Message.Length: > 0 }, problem.ToString()));
            read += configuration is null ? 0 : 1;
            foreach (var job in configuration?.Jobs ?? [])
            {
                TargetBuilder.Build(job, job.StaticTargets, static _ => { });
            }
        }

        Assert.InRange(read, Iterations / 300, Iterations / 2);
    }

    [Fact]
    public void Discovery_files()
    {
        var mutator = new ExpositionMutator([.. s_targets.Select(Encoding.UTF8.GetBytes)]);
        for (var i = 0; i < Iterations; i++)
        {
            var random = new FuzzRandom(Seed, (ulong)i);
            var problems = new List<ConfigurationProblem>();
            var groups = TargetGroupReader.ReadFile("t.yml", Encoding.UTF8.GetString(mutator.Mutate(ref random)), problems);

            Assert.All(problems, static problem => Assert.True(problem is { Line: > 0, Column: > 0, Message.Length: > 0 }, problem.ToString()));
            TargetBuilder.Build(new ScrapeJob { Name = "j" }, groups, static _ => { });
        }
    }
}
