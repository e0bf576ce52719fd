namespace SriovPulse.Metrics.Scraping.Configuration;

/// <summary>Reads <c>global</c> and <c>scrape_configs</c> as a Prometheus configuration writes them. All problems are found, not only the first.</summary>
public static class ScrapeConfigurationReader
{
    /// <summary>Reads a file's text.</summary>
    /// <param name="file">Its name, for problems; relative paths in it are relative to its folder.</param>
    /// <param name="yaml">Its text.</param>
    /// <param name="problems">What is wrong with it.</param>
    /// <returns>The configuration; null when there are problems.</returns>
    public static ScrapeConfiguration? Read(string file, string yaml, out IReadOnlyList<ConfigurationProblem> problems)
    {
        var found = new List<ConfigurationProblem>();
        problems = found;
        var text = new YamlText(file, found);
        List<ScrapeJob> jobs = [];
        if (text.Load(yaml) is { } node && YamlSection.Of(text, node, "the file") is { } root)
        {
            jobs = ReadJobs(text, root);
            root.Close();
        }

        found.Sort(static (a, b) => (a.Line, a.Column).CompareTo((b.Line, b.Column)));
        return found.Count == 0 ? new ScrapeConfiguration(jobs) : null;
    }

    /// <summary>The sections <c>global</c> and <c>scrape_configs</c> of a file that has others besides.</summary>
    internal static List<ScrapeJob> ReadJobs(YamlText text, YamlSection root)
    {
        var jobs = new List<ScrapeJob>();
        var defaults = new ScrapeJob { Name = string.Empty };
        if (root.Section("global") is { } global)
        {
            defaults = ReadGlobal(global, defaults);
            global.Close();
        }

        var reader = new ScrapeJobReader(text, Path.GetDirectoryName(Path.GetFullPath(text.File))!, defaults);
        foreach (var section in root.Sections("scrape_configs"))
        {
            var job = reader.Read(section);
            if (job.Name.Length > 0 && jobs.Exists(other => other.Name == job.Name))
            {
                section.Refuse("job_name", $"there is another job {job.Name}: names of jobs differ");
            }

            jobs.Add(job);
            section.Close();
        }

        return jobs;
    }

    private static ScrapeJob ReadGlobal(YamlSection global, ScrapeJob defaults)
    {
        var interval = global.Duration("scrape_interval") ?? defaults.Interval;
        var timeout = global.Duration("scrape_timeout");
        if (timeout > interval)
        {
            global.Refuse("scrape_timeout", "scrape_timeout is longer than scrape_interval: a scrape must end before the next");
        }

        return defaults with
        {
            Interval = interval,
            Timeout = timeout ?? Shorter(defaults.Timeout, interval),
            Limits = ScrapeJobReader.ReadLimits(global, defaults.Limits),
            FallbackFormat = ScrapeJobReader.ReadFallback(global),
        };
    }

    internal static TimeSpan Shorter(TimeSpan first, TimeSpan second) => first < second ? first : second;
}
