using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Store;

/// <content>What the query API asks for beside samples.</content>
public sealed partial class SeriesStore
{
    /// <summary>The labels of series that have samples in a window.</summary>
    /// <param name="selectors">Each a list of matchers; a series must satisfy all of one of them.</param>
    /// <param name="start">Milliseconds since 1970, inclusive.</param>
    /// <param name="end">Milliseconds since 1970, inclusive.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public IReadOnlyCollection<Labels> Series(
        IEnumerable<IReadOnlyList<LabelMatcher>> selectors, long start, long end, CancellationToken cancellationToken)
    {
        var found = new HashSet<Labels>();
        var from = start == long.MinValue ? start : start - 1;
        foreach (var matchers in selectors)
        {
            foreach (var series in Index.Select(matchers, cancellationToken))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (series.TryReadLast(from, end, out _))
                {
                    found.Add(series.Labels);
                }
            }
        }

        return found;
    }

    /// <summary>The names of all labels, sorted.</summary>
    public IReadOnlyList<string> LabelNames() => Index.LabelNames();

    /// <summary>The names of the labels of series that satisfy matchers and have samples in a window, sorted.</summary>
    public IReadOnlyList<string> LabelNames(
        IEnumerable<IReadOnlyList<LabelMatcher>> selectors, long start, long end, CancellationToken cancellationToken)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var labels in Series(selectors, start, end, cancellationToken))
        {
            foreach (ref readonly var label in labels.AsSpan())
            {
                names.Add(label.Name);
            }
        }

        return [.. names];
    }

    /// <summary>The values of a label, sorted.</summary>
    public IReadOnlyList<string> LabelValues(string name) => Index.LabelValues(name);

    /// <summary>The values that a label has in series that satisfy matchers and have samples in a window, sorted.</summary>
    public IReadOnlyList<string> LabelValues(
        string name, IEnumerable<IReadOnlyList<LabelMatcher>> selectors, long start, long end, CancellationToken cancellationToken)
    {
        var values = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var labels in Series(selectors, start, end, cancellationToken))
        {
            if (labels.Get(name) is { Length: > 0 } value)
            {
                values.Add(value);
            }
        }

        return [.. values];
    }

    /// <summary>What open targets say about their metric families; a family is there more than once when they disagree.</summary>
    public IReadOnlyCollection<MetricMetadata> Metadata() =>
        [.. Targets().SelectMany(static target => target.Metadata?.Published ?? []).Select(static known => known.Metadata).Distinct()];
}
