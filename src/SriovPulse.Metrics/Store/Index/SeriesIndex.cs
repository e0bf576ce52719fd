using SriovPulse.Metrics.Store.Columns;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Store.Index;

/// <summary>
/// All series by their labels. Labels other than the name are indexed per group, which makes the index as small as there are VFs rather than series.
/// Safe for concurrent use; nobody waits longer than one selection takes.
/// </summary>
internal sealed partial class SeriesIndex : IDisposable
{
    // What a series and a group take beside their samples: objects, places in lists, the labels once built.
    private const int SeriesBytes = 250;
    private const int GroupBytes = 400;

    private readonly ReaderWriterLockSlim _lock = new();
    private readonly Dictionary<string, MetricSeries> _metrics = [];
    private readonly Dictionary<string, LabelName> _labels = [];
    private readonly Dictionary<Labels, SeriesGroup> _byLabels = new(new GroupLabelsComparer());
    private readonly List<SeriesGroup?> _groups = [];
    private readonly Stack<int> _freeGroups = [];
    private readonly HashSet<StoredSeries> _withOwnTimes = [];

    /// <summary>How many series there are.</summary>
    public int SeriesCount { get; private set; }

    /// <summary>About how many bytes the series take beside their samples.</summary>
    public long Bytes => ((long)SeriesCount * SeriesBytes) + ((long)(_groups.Count - _freeGroups.Count) * GroupBytes);

    /// <summary>The series with these labels; null when there is none.</summary>
    public StoredSeries? Find(Labels labels)
    {
        _lock.EnterReadLock();
        try
        {
            return FindLocked(labels);
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    /// <summary>The series with these labels, made when there is none, with a slot of a target added.</summary>
    /// <param name="labels">All its labels.</param>
    /// <param name="columns">The target; null for a series whose samples carry their own times.</param>
    /// <param name="slot">The slot.</param>
    /// <param name="setUp">Called on a new series before anyone sees it.</param>
    public StoredSeries Attach(Labels labels, TargetColumns? columns, int slot, Action<StoredSeries> setUp)
    {
        _lock.EnterWriteLock();
        try
        {
            var group = Group(labels);
            var series = group.Find(labels.Name);
            if (series is null)
            {
                var metric = Metric(labels.Name);
                series = new StoredSeries(group, metric.Name, columns, slot);
                setUp(series);
                series.Group.Add(series);
                metric.Add(series);
                SeriesCount++;
            }
            else if (columns is not null && series.SlotIn(columns) < 0)
            {
                series.Attach(columns, slot);
            }

            if (columns is null)
            {
                series.AttachOwn();
                _withOwnTimes.Add(series);
            }

            return series;
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    /// <summary>Gives up the slots of a target, and the series that have no other place.</summary>
    public void Detach(IEnumerable<StoredSeries> series, TargetColumns columns)
    {
        _lock.EnterWriteLock();
        try
        {
            RemoveEmpty(series, one => one.Detach(columns));
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    /// <summary>Gives up empty places for samples with their own times, and the series that have no other place.</summary>
    public void DetachOwn(IEnumerable<StoredSeries> series)
    {
        _lock.EnterWriteLock();
        try
        {
            RemoveEmpty(series, one =>
            {
                one.DetachOwnIfEmpty();
                if (one.Own is null)
                {
                    _withOwnTimes.Remove(one);
                }
            });
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    /// <summary>Sets how long each series is kept, and removes those that are not kept at all.</summary>
    /// <param name="reset">Called on every series first.</param>
    /// <param name="selections">Matchers, and what to do with each series that they select.</param>
    /// <returns>How many series were removed.</returns>
    public int Reselect(Action<StoredSeries> reset, IEnumerable<(IReadOnlyList<LabelMatcher> Matchers, Action<StoredSeries> Apply)> selections)
    {
        _lock.EnterWriteLock();
        try
        {
            foreach (var series in AllLocked())
            {
                reset(series);
            }

            foreach (var (matchers, apply) in selections)
            {
                foreach (var series in SelectLocked(matchers, CancellationToken.None))
                {
                    apply((StoredSeries)series);
                }
            }

            var removed = AllLocked().Where(static series => series.Window <= 0).ToList();
            RemoveLocked(removed);
            return removed.Count;
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    /// <summary>The series that have samples with their own times.</summary>
    public StoredSeries[] WithOwnTimes()
    {
        _lock.EnterReadLock();
        try
        {
            return [.. _withOwnTimes];
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _lock.EnterWriteLock();
        try
        {
            _metrics.Clear();
            _labels.Clear();
            _byLabels.Clear();
            _groups.Clear();
            _freeGroups.Clear();
            _withOwnTimes.Clear();
            SeriesCount = 0;
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    public void Dispose() => _lock.Dispose();

    private IEnumerable<StoredSeries> AllLocked()
    {
        foreach (var group in _groups)
        {
            for (var i = 0; i < (group?.Count ?? 0); i++)
            {
                yield return group!.Series[i];
            }
        }
    }

    private StoredSeries? FindLocked(Labels labels) =>
        _byLabels.GetAlternateLookup<FullLabels>().TryGetValue(new FullLabels(labels), out var group) ? group.Find(labels.Name) : null;

    private MetricSeries Metric(string name)
    {
        if (!_metrics.TryGetValue(name, out var metric))
        {
            metric = new MetricSeries(name);
            _metrics.Add(name, metric);
        }

        return metric;
    }

    private SeriesGroup Group(Labels labels)
    {
        if (_byLabels.GetAlternateLookup<FullLabels>().TryGetValue(new FullLabels(labels), out var group))
        {
            return group;
        }

        var own = new List<Label>(labels.Count);
        var values = new List<LabelValue>(labels.Count);
        foreach (var label in labels.AsSpan())
        {
            if (label.Name != Labels.MetricName)
            {
                values.Add(Value(label, out var name));
                own.Add(new Label(name, values[^1].Text));
            }
        }

        var id = _freeGroups.Count > 0 ? _freeGroups.Pop() : _groups.Count;
        group = new SeriesGroup(id, Labels.Create([.. own]));
        if (id == _groups.Count)
        {
            _groups.Add(group);
        }
        else
        {
            _groups[id] = group;
        }

        values.ForEach(value => value.Add(id));
        _byLabels.Add(group.Labels, group);
        return group;
    }

    private LabelValue Value(Label label, out string name)
    {
        if (!_labels.TryGetValue(label.Name, out var known))
        {
            known = new LabelName(label.Name, []);
            _labels.Add(label.Name, known);
        }

        if (!known.Values.TryGetValue(label.Value, out var value))
        {
            value = new LabelValue(label.Value);
            known.Values.Add(label.Value, value);
        }

        name = known.Text;
        return value;
    }

    private void RemoveEmpty(IEnumerable<StoredSeries> series, Action<StoredSeries> detach)
    {
        var removed = new List<StoredSeries>();
        foreach (var one in series)
        {
            detach(one);
            if (!one.HasParts && !one.IsRemoved)
            {
                removed.Add(one);
            }
        }

        RemoveLocked(removed);
    }

    private void RemoveLocked(List<StoredSeries> removed)
    {
        if (removed.Count == 0)
        {
            return;
        }

        var empty = new List<SeriesGroup>();
        foreach (var series in removed)
        {
            series.IsRemoved = true;
            _withOwnTimes.Remove(series);
            series.Group.Remove(series);
            if (series.Group.Count == 0)
            {
                empty.Add(series.Group);
            }
        }

        foreach (var ofMetric in removed.GroupBy(static series => series.Name))
        {
            var metric = _metrics[ofMetric.Key];
            metric.NoteRemoved(ofMetric.Count());
            if (metric.LiveCount == 0)
            {
                _metrics.Remove(ofMetric.Key);
            }
        }

        SeriesCount -= removed.Count;
        RemoveGroups(empty);
    }

    private void RemoveGroups(List<SeriesGroup> empty)
    {
        var ids = new GroupSet(_groups.Count);
        foreach (var group in empty)
        {
            ids.Add(group.Id);
            _byLabels.Remove(group.Labels);
            _groups[group.Id] = null;
            _freeGroups.Push(group.Id);
        }

        foreach (var label in empty.SelectMany(static group => group.Labels.AsSpan().ToArray()).Distinct())
        {
            var values = _labels[label.Name].Values;
            var value = values[label.Value];
            value.RemoveAll(ids);
            if (value.Count == 0)
            {
                values.Remove(label.Value);
            }

            if (values.Count == 0)
            {
                _labels.Remove(label.Name);
            }
        }
    }

    /// <summary>A label's name, the one string that all groups share, and its values.</summary>
    private sealed record LabelName(string Text, Dictionary<string, LabelValue> Values);
}
