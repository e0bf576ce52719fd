namespace SriovPulse.Metrics.Tests.Scraping;

public sealed class FileDiscoveryTests
{
    private const string Job = "file_sd_configs: [{files: ['*.json', '*.yml'], refresh_interval: 1m}], relabel_configs: [{source_labels: [__meta_filepath], regex: .*/(.*), target_label: file}]";

    [Fact]
    public async Task Files_are_read_watched_and_read_again()
    {
        await using var rig = new ScrapeRig();
        await File.WriteAllTextAsync(rig.File("a.json"), "[\n\t{\n\t\t\"targets\": [\"h:1\"],\n\t\t\"labels\": {\"rack\": \"r1\", \"__meta_filepath\": \"mine\"}\n\t}\n]\n");
        await File.WriteAllTextAsync(rig.File("b.yaml"), "- targets: [ignored:1]");
        await rig.ApplyAsync(Job);
        Assert.Equal("{file=\"a.json\", instance=\"h:1\", job=\"j\", rack=\"r1\"}", rig.Status.Target.Labels.ToString());

        // Seen by the watch: the clock stands still.
        await File.WriteAllTextAsync(rig.File("b.new"), "[{\"targets\": [\"h:2\", \"h:3\"]}]");
        File.Move(rig.File("b.new"), rig.File("b.json"));

        await Eventually.Async(() => rig.Service.Targets.Count == 3, "the new file was not seen");
        Assert.Empty(rig.Problems);
    }

    [Fact]
    public async Task A_target_that_is_gone_ends_its_series()
    {
        await using var rig = new ScrapeRig();
        rig.Target.Body = "a 1\n";
        await File.WriteAllTextAsync(rig.File("a.json"), "[{\"targets\": [\"h:1\"]}]");
        await rig.ApplyAsync(Job);
        await rig.ScrapeAsync();

        File.Delete(rig.File("a.json"));

        await Eventually.Async(() => rig.Service.Targets.Count == 0, "the file's end was not seen");
        Assert.Equal(
            [
                "a{file=\"a.json\", instance=\"h:1\", job=\"j\"} stale",
                "scrape_duration_seconds{file=\"a.json\", instance=\"h:1\", job=\"j\"} stale",
                "scrape_samples_post_metric_relabeling{file=\"a.json\", instance=\"h:1\", job=\"j\"} stale",
                "scrape_samples_scraped{file=\"a.json\", instance=\"h:1\", job=\"j\"} stale",
                "scrape_series_added{file=\"a.json\", instance=\"h:1\", job=\"j\"} stale",
                "up{file=\"a.json\", instance=\"h:1\", job=\"j\"} stale",
            ],
            rig.SamplesAt(rig.Time.Milliseconds).Where(static line => line.EndsWith("stale", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_file_with_a_mistake_keeps_its_last_good_targets()
    {
        await using var rig = new ScrapeRig();
        await File.WriteAllTextAsync(rig.File("a.yml"), "- targets: ['h:1']\n");
        await rig.ApplyAsync(Job);

        await File.WriteAllTextAsync(rig.File("a.yml"), "- target: ['h:1']\n");

        var problem = $"{rig.File("a.yml")}:1:3: a target group has no key target: did you mean targets?";
        await Eventually.Async(() => rig.Problems.Contains(problem), "the mistake was not told");
        Assert.Single(rig.Service.Targets);
    }

    [Fact]
    public async Task A_file_that_is_empty_keeps_its_last_good_targets()
    {
        await using var rig = new ScrapeRig();
        await File.WriteAllTextAsync(rig.File("a.yml"), "- targets: ['h:1']\n");
        await rig.ApplyAsync(Job);

        await File.WriteAllTextAsync(rig.File("a.yml"), string.Empty);

        await Eventually.Async(() => rig.Problems.Any(static problem => problem.EndsWith("instead of writing over them", StringComparison.Ordinal)), "not told");
        Assert.Single(rig.Service.Targets);
        await File.WriteAllTextAsync(rig.File("a.yml"), "[]");
        await Eventually.Async(() => rig.Service.Targets.Count == 0, "no targets were not taken over");
    }
}
