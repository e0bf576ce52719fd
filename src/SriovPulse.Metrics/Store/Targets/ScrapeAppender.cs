using SriovPulse.Metrics.Ingest;
using SriovPulse.Metrics.Store.Index;
using SriovPulse.Metrics.Store.Packing;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Store.Targets;

/// <summary>Gathers a scrape in a column that nobody sees until the commit. Used again for the target's next scrape.</summary>
internal sealed class ScrapeAppender(SeriesStore store, TargetSeries target) : IScrapeAppender
{
    private readonly List<(StoredSeries Series, Sample Sample)> _ownTimes = [];
    private double[] _column = [];
    private SeriesTexts _texts = null!;
    private long _timestamp;
    private int _sequence;
    private int _added;
    private int _outOfOrder;
    private int _duplicates;
    private int _overLimit;
    private int _seriesAdded;
    private bool _isOpen;

    public int Dropped { get; private set; }

    /// <summary>Begins a scrape.</summary>
    public void Begin(long timestamp)
    {
        if (_isOpen)
        {
            throw new InvalidOperationException("a scrape of this target is still being taken: commit it or roll it back first");
        }

        lock (target.Gate)
        {
            store.Revise(target);
            target.IsAppending = true;
            _texts = target.Texts!;
            _column = target.Columns.RentColumn(target.SlotLimit);
            _sequence = target.Columns.OpenSequence;
        }

        _texts.Rewind();
        target.Metadata!.Rewind();
        _ownTimes.Clear();
        _timestamp = timestamp;
        Dropped = _added = _outOfOrder = _duplicates = _overLimit = _seriesAdded = 0;
        _isOpen = true;
    }

    public bool TryAdd(ReadOnlySpan<byte> seriesText, long timestamp, double value)
    {
        ThrowIfNotOpen();
        if (!_texts.TryFind(seriesText, _sequence, out var slot))
        {
            return false;
        }

        Stage(slot, timestamp, value);
        return true;
    }

    public void Add(ReadOnlySpan<byte> seriesText, Labels? labels, long timestamp, double value)
    {
        ThrowIfNotOpen();
        var slot = labels is null ? SeriesTexts.Dropped : Declare(labels);
        _texts.Set(seriesText, _sequence, slot);
        Stage(slot, timestamp, value);
    }

    public void SetMetadata(ReadOnlySpan<byte> family, MetricKind kind, ReadOnlySpan<byte> help, ReadOnlySpan<byte> unit)
    {
        ThrowIfNotOpen();
        target.Metadata!.Set(family, kind, help, unit);
    }

    public AppendOutcome Commit()
    {
        ThrowIfNotOpen();
        bool isPacked;
        lock (target.Gate)
        {
            foreach (var (series, sample) in _ownTimes)
            {
                Count(store.AppendOwn(series, sample.Timestamp, sample.Value));
            }

            if (_timestamp > target.Columns.LastTimestamp)
            {
                MarkVanished();
                if (target.Columns.SharesSeries)
                {
                    TakeBackRefused();
                }

                isPacked = target.Columns.Append(_timestamp, _column, SeriesStore.Builder);
            }
            else
            {
                AppendLate();
                isPacked = false;
            }

            target.Metadata!.Commit();
            Close();
        }

        var outcome = new AppendOutcome(_added, Dropped, _outOfOrder, _duplicates, _overLimit, _seriesAdded);
        store.Committed(target, outcome, isPacked);
        return outcome;
    }

    public void Rollback()
    {
        if (_isOpen)
        {
            lock (target.Gate)
            {
                Close();
            }
        }
    }

    public void Dispose() => Rollback();

    private void ThrowIfNotOpen()
    {
        if (!_isOpen)
        {
            throw new InvalidOperationException("this scrape was committed or rolled back already");
        }
    }

    private void Close()
    {
        _isOpen = false;
        target.IsAppending = false;
        _column = [];
    }

    private int Declare(Labels labels)
    {
        var series = store.Index.Find(labels);
        if (series?.SlotIn(target.Columns) is >= 0 and var known)
        {
            return known;
        }

        if (series is null)
        {
            var refusal = store.Refusal(labels);
            if (refusal < 0)
            {
                return refusal;
            }
        }

        _seriesAdded++;
        lock (target.Gate)
        {
            var slot = target.TakeSlot();
            series = store.Index.Attach(labels, target.Columns, slot, store.SetWindow);
            target.Put(slot, series, _sequence);
            if (target.SlotLimit > _column.Length)
            {
                var length = _column.Length;
                Array.Resize(ref _column, target.SlotLimit + (target.SlotLimit / 4));
                Array.Fill(_column, CellValue.Absent, length, _column.Length - length);
            }

            return slot;
        }
    }

    private void Stage(int slot, long timestamp, double value)
    {
        if (slot < 0)
        {
            Dropped += slot == SeriesTexts.Dropped ? 1 : 0;
            _overLimit += slot == SeriesTexts.Refused ? 1 : 0;
            return;
        }

        value = CellValue.Of(value);
        if (timestamp != _timestamp)
        {
            _ownTimes.Add((target[slot]!, new Sample(timestamp, value)));
            return;
        }

        ref var cell = ref _column[slot];
        if (CellValue.IsAbsent(cell))
        {
            cell = value;
            _added++;
        }
        else if (!CellValue.Same(cell, value))
        {
            _duplicates++;
        }
    }

    // Series of the last scrape that this one does not have.
    private void MarkVanished()
    {
        var last = target.Columns.LastColumn;
        for (var slot = 0; slot < target.SlotLimit; slot++)
        {
            if (!CellValue.IsAbsent(_column[slot]))
            {
                target.Touch(slot);
            }
            else if (slot < last.Length && !CellValue.IsAbsent(last[slot]) && !Staleness.IsMarker(last[slot]))
            {
                _column[slot] = Staleness.Marker;
                target.Touch(slot);
            }
        }
    }

    // Samples and markers of series that have samples elsewhere, of this time or newer.
    private void TakeBackRefused()
    {
        for (var slot = 0; slot < target.SlotLimit; slot++)
        {
            var cell = _column[slot];
            if (CellValue.IsAbsent(cell) || target[slot] is not { HasFurtherParts: true } series)
            {
                continue;
            }

            var result = series.Compare(_timestamp, cell, target.Columns);
            if (result != AppendResult.Added)
            {
                _column[slot] = CellValue.Absent;
                if (!Staleness.IsMarker(cell))
                {
                    _added--;
                    Count(result);
                }
            }
        }
    }

    // A scrape that is no newer than the last one, as after the clock was set back: each sample is compared with its series' newest.
    private void AppendLate()
    {
        for (var slot = 0; slot < target.SlotLimit; slot++)
        {
            if (!CellValue.IsAbsent(_column[slot]))
            {
                _added--;
                Count(store.AppendOwn(target[slot]!, _timestamp, _column[slot]));
            }
        }
    }

    private void Count(AppendResult result)
    {
        _added += result == AppendResult.Added ? 1 : 0;
        _outOfOrder += result == AppendResult.OutOfOrder ? 1 : 0;
        _duplicates += result == AppendResult.Duplicate ? 1 : 0;
        _overLimit += result == AppendResult.OverLimit ? 1 : 0;
    }
}
