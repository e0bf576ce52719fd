using SriovPulse.Metrics.Scraping.Configuration;
using SriovPulse.Metrics.Store;

namespace SriovPulse.Metrics.Configuration;

/// <summary>Reads a <see cref="MetricsConfiguration"/>. All problems are found, not only the first.</summary>
public static class MetricsConfigurationReader
{
    /// <summary>Reads a file's text.</summary>
    /// <param name="file">Its name, for problems; relative paths in it are relative to its folder.</param>
    /// <param name="yaml">Its text.</param>
    /// <param name="problems">What is wrong with it.</param>
    /// <returns>The configuration; null when there are problems.</returns>
    public static MetricsConfiguration? Read(string file, string yaml, out IReadOnlyList<ConfigurationProblem> problems)
    {
        var found = new List<ConfigurationProblem>();
        problems = found;
        var text = new YamlText(file, found);
        MetricsConfiguration configuration = new(new ScrapeConfiguration([]), new StoreConfiguration());
        if (text.Load(yaml) is { } node && YamlSection.Of(text, node, "the file") is { } root)
        {
            var jobs = ScrapeConfigurationReader.ReadJobs(text, root);
            configuration = new(new ScrapeConfiguration(jobs), root.Section("store") is { } store ? ReadStore(store, file) : configuration.Store);
            root.Close();
        }

        found.Sort(static (a, b) => (a.Line, a.Column).CompareTo((b.Line, b.Column)));
        return found.Count == 0 ? configuration : null;
    }

    private static StoreConfiguration ReadStore(YamlSection section, string file)
    {
        var defaults = new SeriesStoreOptions();
        var limit = section.Size("memory_limit") ?? defaults.MemoryLimit;
        if (limit <= 0)
        {
            section.Refuse("memory_limit", "memory_limit must be more than 0");
        }

        var configuration = new StoreConfiguration
        {
            Options = defaults with { Window = section.Duration("window") ?? defaults.Window, MemoryLimit = limit },
            SnapshotPath = section.Text("snapshot") is { } path ? Path.GetFullPath(path, Path.GetDirectoryName(Path.GetFullPath(file))!) : null,
        };
        section.Close();
        return configuration;
    }
}
