using SriovPulse.Metrics.Store.Index;
using SriovPulse.Metrics.Store.Targets;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Store;

/// <content>Which series are kept, and for how long.</content>
public sealed partial class SeriesStore
{
    private readonly Lock _maintenanceLock = new();
    private volatile KeepRules _rules;
    private volatile int _revision;

    /// <summary>
    /// Keeps what loaded rules select, each series for the longest window that selects it; frees the rest at once and takes it in no more.
    /// </summary>
    /// <param name="selectors">What is kept; null: everything, for the default window.</param>
    /// <param name="others">
    /// How long series are kept that no rule selects: not at all unless told. They are the first to go when memory is short.
    /// </param>
    public void Keep(IReadOnlyList<KeptSelector>? selectors, TimeSpan others = default)
    {
        lock (_maintenanceLock)
        {
            _rules = selectors is null ? new KeepRules([], _options.Window) : new KeepRules(selectors, others);
            Reselect();
        }
    }

    /// <summary>Frees expired samples and dead series, and looks after the memory limit. To be called about every minute.</summary>
    public void Maintain()
    {
        lock (_maintenanceLock)
        {
            foreach (var target in Targets())
            {
                MaintainTarget(target);
            }

            ExpireOwn(Now());
            RemoveDeadTargets();
            _metadata.Keep(Targets().SelectMany(static target => target.Metadata?.Published ?? []));
            _enforceAbove = _options.MemoryLimit;
            EnforceLimit();
            RelaxPressure();
        }
    }

    /// <summary>Why a series that is not there yet is not taken in: one of the negative meanings of <see cref="SeriesTexts"/>; 0 when it is.</summary>
    internal int Refusal(Labels labels)
    {
        if (WindowOf(labels).Window <= 0)
        {
            return SeriesTexts.NotKept;
        }

        // A single scrape may bring more new series than there is memory for, so the limit is not left to its commit.
        CheckLimit();
        return Pressure == MemoryPressure.SeriesRefused ? SeriesTexts.Refused : 0;
    }

    /// <summary>Sets how long a new series is kept.</summary>
    internal void SetWindow(StoredSeries series) =>
        (series.Window, series.IsSelected) = _rules.HasSelectors ? WindowOf(series.BuildLabels()) : (_rules.Others, false);

    /// <summary>Brings a target's slots up to date with the rules, before a scrape. Under the target's gate.</summary>
    internal void Revise(TargetSeries target)
    {
        var revision = _revision;
        if (target.Revision != revision)
        {
            target.Revision = revision;
            target.FreeSlots(Index);

            // What was refused may be welcome now.
            target.Texts?.Forget(static (slot, _) => slot is SeriesTexts.NotKept or SeriesTexts.Refused);
        }
    }

    private (long Window, bool IsSelected) WindowOf(Labels labels)
    {
        var (window, isSelected) = _rules.For(labels);
        return (!isSelected && Pressure >= MemoryPressure.SelectedOnly && _rules.HasSelectors ? 0 : window, isSelected);
    }

    // Each series gets its window from the rules; those without one go, and their samples with them.
    private int Reselect()
    {
        var rules = _rules;
        var others = Pressure >= MemoryPressure.SelectedOnly && rules.HasSelectors ? 0 : rules.Others;
        var removed = Index.Reselect(
            series => (series.Window, series.IsSelected) = (others, false),
            rules.Selectors.Select(selector =>
            {
                var window = KeepRules.Milliseconds(selector.Window);
                return (selector.Matchers, (Action<StoredSeries>)(series =>
                    (series.Window, series.IsSelected) = (series.IsSelected ? Math.Max(series.Window, window) : window, true)));
            }));
        _revision++;

        var now = Now();
        foreach (var target in Targets())
        {
            lock (target.Gate)
            {
                target.Thin(now, rules.Ladder, always: true, Builder);
                if (!target.IsAppending)
                {
                    Revise(target);
                }
            }

            CountBytes(target);
        }

        ExpireOwn(now);
        return removed;
    }

    private void MaintainTarget(TargetSeries target)
    {
        lock (target.Gate)
        {
            target.Thin(Now(), _rules.Ladder, always: false, Builder);
            if (!target.IsAppending)
            {
                target.FreeSlots(Index);
                target.Texts?.Trim();
            }
        }

        CountBytes(target);
    }

    private void ExpireOwn(long now)
    {
        var bytes = 0L;
        var empty = new List<StoredSeries>();
        foreach (var series in Index.WithOwnTimes())
        {
            if (series.Own is { } own)
            {
                if (own.Expire(Math.Max(now - series.Window, Interlocked.Read(ref _droppedBefore))) == 0)
                {
                    empty.Add(series);
                }
                else
                {
                    bytes += own.Bytes;
                }
            }
        }

        Index.DetachOwn(empty);
        Interlocked.Exchange(ref _ownBytes, bytes);
    }

    // Closed targets whose last samples have expired.
    private void RemoveDeadTargets()
    {
        lock (_targetsLock)
        {
            foreach (var target in _targets.Where(static target => target.Texts is null && target.Columns.Sealed.IsEmpty).ToList())
            {
                lock (target.Gate)
                {
                    target.Clear(Index);
                    Interlocked.Add(ref _targetBytes, -target.CountedBytes);
                    _targets.Remove(target);
                }
            }
        }
    }
}
