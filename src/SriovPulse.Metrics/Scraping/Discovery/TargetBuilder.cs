using System.Text;
using SriovPulse.Metrics.Ingest;
using SriovPulse.Metrics.Scraping.Configuration;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Scraping.Discovery;

/// <summary>Makes targets of addresses, by the job's settings and relabelling, as Prometheus 3 does. Pure.</summary>
internal static class TargetBuilder
{
    private const string Address = "__address__";
    private const string MetricsPath = "__metrics_path__";
    private const string Scheme = "__scheme__";
    private const string Interval = "__scrape_interval__";
    private const string Timeout = "__scrape_timeout__";
    private const string Parameter = "__param_";
    private const string Instance = "instance";
    private const string Job = "job";

    /// <summary>A job's targets, each once. What cannot be one is told to <paramref name="problem"/>.</summary>
    public static IReadOnlyList<ScrapeTarget> Build(ScrapeJob job, IEnumerable<TargetGroup> groups, Action<string> problem)
    {
        var targets = new Dictionary<ScrapeTarget, ScrapeTarget>();
        foreach (var group in groups)
        {
            foreach (var address in group.Addresses)
            {
                try
                {
                    if (Build(job, address, group.Labels) is { } target)
                    {
                        targets.TryAdd(target, target);
                    }
                }
                catch (FormatException e)
                {
                    problem($"job {job.Name}, target {address}: {e.Message}");
                }
            }
        }

        return [.. targets.Keys];
    }

    /// <summary>One target; null when relabelling drops it.</summary>
    /// <exception cref="FormatException">It cannot be scraped; the message says why.</exception>
    public static ScrapeTarget? Build(ScrapeJob job, string address, Labels groupLabels)
    {
        var labels = new LabelList();
        labels.Add(groupLabels);
        labels.Set(Address, address);
        SetDefault(labels, Job, job.Name);
        SetDefault(labels, MetricsPath, job.MetricsPath);
        SetDefault(labels, Scheme, job.Scheme);
        SetDefault(labels, Interval, PrometheusDuration.Format(job.Interval));
        SetDefault(labels, Timeout, PrometheusDuration.Format(job.Timeout));
        foreach (var (name, values) in job.Parameters)
        {
            if (values.Count > 0)
            {
                SetDefault(labels, Parameter + name, values[0]);
            }
        }

        if (!Relabeling.Relabeling.Apply(job.TargetRules, labels))
        {
            return null;
        }

        var interval = Duration(labels, Interval);
        var timeout = Duration(labels, Timeout);
        if (timeout > interval)
        {
            throw new FormatException($"{Timeout} is longer than {Interval}");
        }

        var url = Url(job, labels);
        SetDefault(labels, Instance, labels.Get(Address));
        labels.RemoveAll(static label => label.Name.StartsWith("__", StringComparison.Ordinal));
        return new ScrapeTarget(labels.ToLabels(), url, interval, timeout);
    }

    private static Uri Url(ScrapeJob job, LabelList labels)
    {
        var address = labels.Get(Address);
        if (address.Length == 0 || address.Contains('/', StringComparison.Ordinal))
        {
            throw new FormatException($"{Address} is \"{address}\": expected host:port, without scheme and path");
        }

        var path = labels.Get(MetricsPath);
        var query = new StringBuilder();
        foreach (var (name, values) in job.Parameters)
        {
            // Relabelling sees and sets the first value of each.
            foreach (var value in values.Skip(1).Prepend(labels.Get(Parameter + name)))
            {
                AddParameter(query, name, value);
            }
        }

        for (var i = 0; i < labels.Count; i++)
        {
            var name = labels[i].Name;
            if (name.StartsWith(Parameter, StringComparison.Ordinal) && !job.Parameters.ContainsKey(name[Parameter.Length..]))
            {
                AddParameter(query, name[Parameter.Length..], labels[i].Value);
            }
        }

        var scheme = labels.Get(Scheme);
        var text = $"{scheme}://{address}{(path.StartsWith('/') ? path : "/" + path)}{query}";
        return scheme is "http" or "https" && Uri.TryCreate(text, UriKind.Absolute, out var url)
            ? url
            : throw new FormatException($"\"{text}\" is no address of HTTP");
    }

    private static void AddParameter(StringBuilder query, string name, string value) =>
        query.Append(query.Length == 0 ? '?' : '&').Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));

    private static TimeSpan Duration(LabelList labels, string name) =>
        PrometheusDuration.TryParse(labels.Get(name), out var duration) && duration > TimeSpan.Zero
            ? duration
            : throw new FormatException($"{name} is \"{labels.Get(name)}\": expected {PrometheusDuration.Expected}");

    private static void SetDefault(LabelList labels, string name, string value)
    {
        if (labels.Get(name).Length == 0)
        {
            labels.Set(name, value);
        }
    }
}
