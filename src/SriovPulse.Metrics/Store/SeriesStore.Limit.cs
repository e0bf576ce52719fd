using SriovPulse.Metrics.Ingest;
using SriovPulse.Metrics.Store.Targets;

namespace SriovPulse.Metrics.Store;

/// <content>Counting, and the memory limit.</content>
public sealed partial class SeriesStore
{
    // How much is freed beyond the limit at once, so that not every scrape has to free a little; and how much must be free to take more in again.
    private const double FreedAtOnce = 0.05;
    private const double RelaxBelow = 0.75;
    private const double RetryGrowth = 0.01;

    // Of the longest window this much is left before whole series go.
    private const double ShortestWindow = 0.5;

    private long _samplesAppended;
    private long _outOfOrder;
    private long _duplicates;
    private long _overLimit;
    private long _blocksDroppedEarly;
    private long _seriesDropped;
    private long _targetBytes;
    private long _ownBytes;
    private long _droppedBefore = long.MinValue;
    private long _enforceAbove;
    private long _relaxFrom;
    private volatile int _pressure;

    /// <summary>Bytes that series and samples take, by the store's own count.</summary>
    public long Bytes => Index.Bytes + Interlocked.Read(ref _targetBytes) + Interlocked.Read(ref _ownBytes);

    /// <summary>Bytes that they may take.</summary>
    public long MemoryLimit => _options.MemoryLimit;

    /// <summary>How far the limit has made the store go.</summary>
    public MemoryPressure Pressure => (MemoryPressure)_pressure;

    /// <summary>Samples that were stored.</summary>
    public long SamplesAppended => Interlocked.Read(ref _samplesAppended);

    /// <summary>Samples that were dropped because their series has newer ones.</summary>
    public long SamplesOutOfOrder => Interlocked.Read(ref _outOfOrder);

    /// <summary>Samples that were dropped because their series has another value at that time.</summary>
    public long SamplesDuplicate => Interlocked.Read(ref _duplicates);

    /// <summary>Samples that were dropped because the store takes no new series.</summary>
    public long SamplesOverLimit => Interlocked.Read(ref _overLimit);

    /// <summary>Packed blocks that the limit dropped before their window had passed.</summary>
    public long BlocksDroppedEarly => Interlocked.Read(ref _blocksDroppedEarly);

    /// <summary>Series that the limit dropped because no loaded rule selects them.</summary>
    public long SeriesDroppedByLimit => Interlocked.Read(ref _seriesDropped);

    /// <summary>How far back samples reach at most; shorter than the longest window while the limit bites.</summary>
    public TimeSpan EffectiveWindow
    {
        get
        {
            var longest = LongestWindow();
            var dropped = Interlocked.Read(ref _droppedBefore);
            return longest >= KeepRules.Forever && dropped == long.MinValue ? Timeout.InfiniteTimeSpan
                : TimeSpan.FromMilliseconds(dropped == long.MinValue ? longest : Math.Clamp(Now() - dropped, 0, longest));
        }
    }

    /// <summary>A scrape was committed.</summary>
    internal void Committed(TargetSeries target, AppendOutcome outcome, bool isPacked)
    {
        Interlocked.Add(ref _samplesAppended, outcome.Added);
        Interlocked.Add(ref _outOfOrder, outcome.OutOfOrder);
        Interlocked.Add(ref _duplicates, outcome.Duplicates);
        Interlocked.Add(ref _overLimit, outcome.OverLimit);
        if (isPacked)
        {
            MaintainTarget(target);
        }
        else
        {
            CountBytes(target);
        }

        CheckLimit();
    }

    private void CheckLimit()
    {
        if (Bytes > Math.Max(_options.MemoryLimit, Interlocked.Read(ref _enforceAbove)))
        {
            lock (_maintenanceLock)
            {
                EnforceLimit();

                // Where everything has been done that can be done, the next try waits until there is something to gain.
                Interlocked.Exchange(ref _enforceAbove, Math.Max(_options.MemoryLimit, (long)(Bytes * (1 + RetryGrowth))));
            }
        }
    }

    private void CountOne(AppendResult result)
    {
        switch (result)
        {
            case AppendResult.Added:
                Interlocked.Increment(ref _samplesAppended);
                break;
            case AppendResult.OutOfOrder:
                Interlocked.Increment(ref _outOfOrder);
                break;
            case AppendResult.Duplicate:
                Interlocked.Increment(ref _duplicates);
                break;
        }
    }

    private void CountBytes(TargetSeries target)
    {
        lock (target.Gate)
        {
            var bytes = target.Bytes;
            Interlocked.Add(ref _targetBytes, bytes - target.CountedBytes);
            target.CountedBytes = bytes;
        }
    }

    private long LongestWindow() => _rules.Ladder is [.., var longest] ? longest : 0;

    // Oldest samples first, then series that no rule selects, then no new series; after that the oldest samples again, down to what is not packed yet.
    private void EnforceLimit()
    {
        if (Bytes <= _options.MemoryLimit)
        {
            return;
        }

        // What was given up for want of memory is tried again a window later, not at once: it would only come and go.
        var now = Now();
        _relaxFrom = now + LongestWindow();
        DropOldest(notBefore: now - (long)(LongestWindow() * ShortestWindow));
        if (Bytes > _options.MemoryLimit && Pressure < MemoryPressure.SelectedOnly && _rules.HasSelectors)
        {
            _pressure = (int)MemoryPressure.SelectedOnly;
            var removed = Reselect();
            Interlocked.Add(ref _seriesDropped, removed);
            StoreLog.SelectedOnly(_logger, _options.MemoryLimit, removed);
        }

        if (Bytes > _options.MemoryLimit)
        {
            if (Pressure < MemoryPressure.SeriesRefused)
            {
                _pressure = (int)MemoryPressure.SeriesRefused;
                StoreLog.SeriesRefused(_logger, _options.MemoryLimit, SeriesCount);
            }

            DropOldest(notBefore: long.MaxValue);
        }
    }

    private void DropOldest(long notBefore)
    {
        var excess = Bytes - (long)(_options.MemoryLimit * (1 - FreedAtOnce));
        var targets = Targets();
        var blocks = new List<(long Last, long Bytes)>();
        foreach (var target in targets)
        {
            lock (target.Gate)
            {
                foreach (var block in target.Columns.Sealed)
                {
                    blocks.Add((block.Last, block.Bytes));
                }
            }
        }

        var cutoff = long.MinValue;
        foreach (var (last, bytes) in blocks.Where(block => block.Last < notBefore).OrderBy(static block => block.Last))
        {
            if (excess <= 0)
            {
                break;
            }

            cutoff = last;
            excess -= bytes;
        }

        // Samples with their own times are not packed by blocks: they go by the same time, or as far as is allowed when there is nothing else.
        if (excess > 0 && Interlocked.Read(ref _ownBytes) > 0 && notBefore != long.MaxValue)
        {
            cutoff = Math.Max(cutoff, notBefore);
        }

        if (cutoff == long.MinValue)
        {
            return;
        }

        foreach (var target in targets)
        {
            DropBlocks(target, cutoff);
        }

        Interlocked.Exchange(ref _droppedBefore, Math.Max(_droppedBefore, cutoff + 1));
        ExpireOwn(Now());
        if (Pressure == MemoryPressure.None)
        {
            _pressure = (int)MemoryPressure.WindowShortened;
            StoreLog.WindowShortened(_logger, _options.MemoryLimit, EffectiveWindow.TotalSeconds);
        }
    }

    private void DropBlocks(TargetSeries target, long cutoff)
    {
        lock (target.Gate)
        {
            target.Columns.Rewrite(block =>
            {
                if (block.Last > cutoff)
                {
                    return block;
                }

                Interlocked.Increment(ref _blocksDroppedEarly);
                return null;
            });
            if (!target.IsAppending)
            {
                target.FreeSlots(Index);
            }
        }

        CountBytes(target);
    }

    private void RelaxPressure()
    {
        if (Pressure != MemoryPressure.None && Now() >= _relaxFrom && Bytes < _options.MemoryLimit * RelaxBelow)
        {
            var wasNarrowed = Pressure >= MemoryPressure.SelectedOnly;
            _pressure = (int)MemoryPressure.None;
            Interlocked.Exchange(ref _droppedBefore, long.MinValue);
            StoreLog.PressureGone(_logger, Bytes, _options.MemoryLimit);
            if (wasNarrowed)
            {
                Reselect();
            }
        }
    }
}
