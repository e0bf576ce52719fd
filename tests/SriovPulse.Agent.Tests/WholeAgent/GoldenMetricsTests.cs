using SriovPulse.Agent.Collectors;
using SriovPulse.Agent.Exposition;
using SriovPulse.Agent.Tests.Exposition;
using SriovPulse.Testing;

namespace SriovPulse.Agent.Tests.WholeAgent;

/// <summary>
/// The exposition of <see cref="GoldenHost"/>, whole. To write the files in <c>tests/fixtures/golden</c> anew: UPDATE_GOLDEN=1. Read what changed before it is
/// committed.
/// </summary>
public sealed class GoldenMetricsTests
{
    /// <summary>Series whose value is the machine's or the clock's, and no more than that.</summary>
    private static readonly string[] s_masked =
    [
        "process_cpu_seconds_total",
        "process_resident_memory_bytes",
        "process_virtual_memory_bytes",
        "process_open_fds",
        "process_max_fds",
        "process_start_time_seconds",
        "dotnet_total_memory_bytes",
        "dotnet_collection_count_total",

        // The collector that tells it runs beside the one that counts.
        "sriovpulse_agent_vf_lists_recovered_total",
    ];

    [Fact]
    public async Task Exposition_is_the_recorded_one()
    {
        var (text, openMetrics) = await ExposeAsync();

        Assert.Multiple(
            () => Compare("metrics.txt", Mask(text)),
            () => Compare("metrics.openmetrics.txt", Mask(openMetrics)));
    }

    [Fact]
    public async Task Exposition_is_valid_in_both_formats_and_counts_the_recovered_list()
    {
        var (text, openMetrics) = await ExposeAsync();

        var document = ExpositionDocument.Parse(text, isOpenMetrics: false);
        Assert.InRange(int.Parse(document.Values["sriovpulse_agent_vf_lists_recovered_total"], System.Globalization.CultureInfo.InvariantCulture), 1, 2);
        var other = ExpositionDocument.Parse(openMetrics, isOpenMetrics: true);
        Assert.Equal(document.Values.Keys, other.Values.Keys.Where(series => !IsCreated(series)));
    }

    [Fact]
    public void Every_collector_has_a_row_in_the_README_and_all_its_families_in_the_golden_file()
    {
        using var host = new ScriptedHost();
        var readme = File.ReadAllLines(Path.Combine(Repository.Root, "README.md"));
        var golden = File.ReadAllLines(Repository.Fixture("golden", "metrics.txt"));
        foreach (var collector in CollectorRegistry.All)
        {
            Assert.True(
                readme.Any(line => line.StartsWith($"| `{collector.Name}` | ", StringComparison.Ordinal) && line.EndsWith(collector.IsOnByDefault ? " | on |" : " | off |", StringComparison.Ordinal)),
                $"README.md, \"Collectors\", has no row for {collector.Name}, or another default");
            foreach (var family in collector.Create(host.Parts).Metrics.Families)
            {
                Assert.True(
                    golden.Any(line => line.StartsWith($"# TYPE {family.Name} ", StringComparison.Ordinal)),
                    $"no {family.Name} of {collector.Name} in golden/metrics.txt: give GoldenHost what it is read from");
            }
        }
    }

    private static async Task<(string Text, string OpenMetrics)> ExposeAsync()
    {
        await using var golden = await GoldenHost.BuildAsync();
        await golden.Host.CollectAsync();
        for (var i = 0; i < 5; i++)
        {
            golden.SampleWithTraffic();
        }

        var texts = await golden.Host.RenderAsync([ExpositionFormat.PrometheusText, ExpositionFormat.OpenMetrics], TimeSpan.FromMinutes(1));
        return (texts[0], texts[1]);
    }

    private static bool IsCreated(string series) => series.Split('{')[0].EndsWith("_created", StringComparison.Ordinal);

    private static string Mask(string text) => string.Join('\n', text.Split('\n').Select(static line =>
        s_masked.Any(name => line.StartsWith(name + " ", StringComparison.Ordinal) || line.StartsWith(name + "{", StringComparison.Ordinal))
            ? line[..line.LastIndexOf(' ')] + " (masked)"
            : line));

    private static void Compare(string file, string text)
    {
        var path = Repository.Fixture("golden", file);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
            return;
        }

        Assert.Equal(File.ReadAllText(path), text);
    }
}
