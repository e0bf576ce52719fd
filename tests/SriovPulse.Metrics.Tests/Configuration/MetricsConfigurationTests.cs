using SriovPulse.Metrics.Configuration;

namespace SriovPulse.Metrics.Tests.Configuration;

public sealed class MetricsConfigurationTests
{
    [Fact]
    public void Scraping_and_store_are_read()
    {
        var configuration = MetricsConfigurationReader.Read(
            "/etc/sriovpulse/controller.yaml",
            "global: {scrape_interval: 15s}\nscrape_configs: [{job_name: agent, static_configs: [{targets: ['a:1']}]}]\nstore: {window: 30m, memory_limit: 2GiB, snapshot: store.snapshot}\n",
            out var problems);

        Assert.Empty(problems);
        Assert.Equal("agent", Assert.Single(configuration!.Scraping.Jobs).Name);
        Assert.Equal(TimeSpan.FromMinutes(30), configuration.Store.Options.Window);
        Assert.Equal(2L << 30, configuration.Store.Options.MemoryLimit);
        Assert.Equal("/etc/sriovpulse/store.snapshot", configuration.Store.SnapshotPath);
    }

    [Theory]
    [InlineData("store: {windw: 5m}", "c.yaml:1:9: store has no key windw: did you mean window?")]
    [InlineData("store:\n  memory_limit: 0\n", "c.yaml:2:17: memory_limit must be more than 0")]
    [InlineData("stor: {}", "c.yaml:1:1: the file has no key stor: did you mean store?")]
    public void Mistakes_are_told_with_their_place(string yaml, string expected)
    {
        Assert.Null(MetricsConfigurationReader.Read("c.yaml", yaml, out var problems));
        Assert.Equal(expected, Assert.Single(problems).ToString());
    }
}
