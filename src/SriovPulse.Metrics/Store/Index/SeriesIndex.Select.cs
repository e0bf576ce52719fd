using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Store.Index;

/// <content>Selecting by matchers, and what labels there are.</content>
internal sealed partial class SeriesIndex
{
    // A group has about this many series: going by groups pays when they are fewer than the metric's series by more than that.
    private const int SeriesPerGroup = 20;

    /// <summary>The series that satisfy all matchers.</summary>
    public IReadOnlyList<ISeries> Select(IReadOnlyList<LabelMatcher> matchers, CancellationToken cancellationToken)
    {
        _lock.EnterReadLock();
        try
        {
            return SelectLocked(matchers, cancellationToken);
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    /// <summary>The names of all labels, sorted.</summary>
    public List<string> LabelNames()
    {
        _lock.EnterReadLock();
        try
        {
            var names = new List<string>(_labels.Keys);
            if (_metrics.Keys.Any(static name => name.Length > 0))
            {
                names.Add(Labels.MetricName);
            }

            names.Sort(StringComparer.Ordinal);
            return names;
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    /// <summary>The values of a label, sorted.</summary>
    public List<string> LabelValues(string name)
    {
        _lock.EnterReadLock();
        try
        {
            List<string> values = name == Labels.MetricName ? [.. _metrics.Keys.Where(static metric => metric.Length > 0)]
                : _labels.TryGetValue(name, out var label) ? [.. label.Values.Keys]
                : [];
            values.Sort(StringComparer.Ordinal);
            return values;
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    private IReadOnlyList<ISeries> SelectLocked(IReadOnlyList<LabelMatcher> matchers, CancellationToken cancellationToken)
    {
        var names = matchers.Where(static matcher => matcher.Name == Labels.MetricName).ToList();
        var metrics = Metrics(names);
        GroupSet? groups = null;
        foreach (var matcher in matchers)
        {
            if (matcher.Name == Labels.MetricName)
            {
                continue;
            }

            cancellationToken.ThrowIfCancellationRequested();
            var matching = Groups(matcher);
            if (groups is null)
            {
                groups = matching;
            }
            else
            {
                groups.IntersectWith(matching);
            }
        }

        if (groups is null)
        {
            return metrics is [{ HasRemoved: false } only] ? only.Snapshot : [.. metrics.SelectMany(Live)];
        }

        return (long)groups.Count * SeriesPerGroup < metrics.Sum(static metric => (long)metric.Count)
            ? ByGroups(groups, metrics, cancellationToken)
            : ByMetrics(groups, metrics, cancellationToken);
    }

    private List<MetricSeries> Metrics(List<LabelMatcher> names)
    {
        if (names.Find(static matcher => matcher.Kind == MatchKind.Equal) is { } equal)
        {
            return _metrics.TryGetValue(equal.Value, out var metric) && names.TrueForAll(matcher => matcher.Matches(equal.Value)) ? [metric] : [];
        }

        return [.. _metrics.Values.Where(metric => names.TrueForAll(matcher => matcher.Matches(metric.Name)))];
    }

    // A matcher that matches the empty value takes groups without the label too: all but those whose value it refuses.
    private GroupSet Groups(LabelMatcher matcher)
    {
        var set = new GroupSet(_groups.Count);
        var takesEmpty = matcher.Matches(string.Empty);
        if (takesEmpty)
        {
            set.Fill();
        }

        if (!_labels.TryGetValue(matcher.Name, out var label))
        {
            return set;
        }

        if (matcher.Value.Length > 0 && matcher.Kind is MatchKind.Equal or MatchKind.NotEqual)
        {
            // The value itself is what an equality takes and an inequality refuses.
            if (label.Values.TryGetValue(matcher.Value, out var value))
            {
                Change(set, value, add: !takesEmpty);
            }

            return set;
        }

        foreach (var value in label.Values.Values)
        {
            if (matcher.Matches(value.Text) != takesEmpty)
            {
                Change(set, value, add: !takesEmpty);
            }
        }

        return set;
    }

    private static void Change(GroupSet set, LabelValue value, bool add)
    {
        foreach (var id in value.Groups)
        {
            if (add)
            {
                set.Add(id);
            }
            else
            {
                set.Remove(id);
            }
        }
    }

    private List<ISeries> ByGroups(GroupSet groups, List<MetricSeries> metrics, CancellationToken cancellationToken)
    {
        var found = new List<ISeries>();
        var only = metrics.Count == 1 ? metrics[0].Name : null;
        var names = only is null ? metrics.Select(static metric => metric.Name).ToHashSet() : null;
        for (var id = 0; id < _groups.Count; id++)
        {
            if (!groups.Contains(id) || _groups[id] is not { } group)
            {
                continue;
            }

            if (only is not null)
            {
                if (group.Find(only) is { } series)
                {
                    found.Add(series);
                }

                continue;
            }

            cancellationToken.ThrowIfCancellationRequested();
            foreach (var series in group.Series)
            {
                if (names!.Contains(series.Name))
                {
                    found.Add(series);
                }
            }
        }

        return found;
    }

    private static List<ISeries> ByMetrics(GroupSet groups, List<MetricSeries> metrics, CancellationToken cancellationToken)
    {
        var found = new List<ISeries>();
        foreach (var metric in metrics)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var series in Live(metric))
            {
                if (groups.Contains(((StoredSeries)series).Group.Id))
                {
                    found.Add(series);
                }
            }
        }

        return found;
    }

    private static IEnumerable<ISeries> Live(MetricSeries metric) =>
        metric.HasRemoved ? metric.Snapshot.Where(static series => !((StoredSeries)series).IsRemoved) : metric.Snapshot;
}
