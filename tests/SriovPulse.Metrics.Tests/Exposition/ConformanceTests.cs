using System.Text.Json;
using SriovPulse.Metrics.Exposition;
using SriovPulse.Testing;

namespace SriovPulse.Metrics.Tests.Exposition;

/// <summary>The strict mode against the test cases of the OpenMetrics project, which lie beside the checkout.</summary>
public sealed class ConformanceTests
{
    private const int Cases = 211;

    [Fact]
    public void Strict_mode_agrees_with_every_case()
    {
        var folder = Repository.SharedData("openmetrics", "parsers");
        Assert.SkipWhen(folder is null, "no ../shared/data/openmetrics/parsers on this machine");

        var disagreements = new List<string>();
        var names = Directory.GetDirectories(folder).Select(static path => Path.GetFileName(path)).Order(StringComparer.Ordinal).ToList();
        foreach (var name in names)
        {
            var should = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, name, "test.json"))).RootElement.GetProperty("shouldParse").GetBoolean();
            var problem = Problem(File.ReadAllBytes(Path.Combine(folder, name, "metrics")), ExpositionFormat.StrictOpenMetrics);
            if (should != problem is null)
            {
                disagreements.Add($"{name}: {problem ?? "parsed"}");
            }
        }

        Assert.Empty(disagreements);
        Assert.Equal(Cases, names.Count);
    }

    [Fact]
    public void What_strict_mode_takes_the_scrape_mode_takes_with_the_same_samples()
    {
        var folder = Repository.SharedData("openmetrics", "parsers");
        Assert.SkipWhen(folder is null, "no ../shared/data/openmetrics/parsers on this machine");

        var taken = 0;
        foreach (var path in Directory.GetDirectories(folder))
        {
            var bytes = File.ReadAllBytes(Path.Combine(path, "metrics"));
            if (Problem(bytes, ExpositionFormat.StrictOpenMetrics) is null)
            {
                Assert.Equal(Reading.Samples(bytes, ExpositionFormat.StrictOpenMetrics), Reading.Samples(bytes, ExpositionFormat.OpenMetrics));
                taken++;
            }
        }

        Assert.Equal(44, taken);
    }

    private static string? Problem(byte[] bytes, ExpositionFormat format)
    {
        try
        {
            Reading.Samples(bytes, format);
            return null;
        }
        catch (ExpositionException refused)
        {
            return refused.Message;
        }
    }
}
