using SriovPulse.Metrics.Store.Columns;
using SriovPulse.Metrics.Store.Packing;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Store.Index;

/// <summary>
/// A series: whose it is and where its samples lie. Nearly always that is one slot of one target; the rest is for series that move between targets
/// or carry their own times. The index' lock guards what it consists of; readers take no lock.
/// </summary>
internal sealed class StoredSeries : ISeries
{
    private readonly TargetColumns? _columns;
    private int _slot;
    private SeriesParts? _parts;
    private Labels? _labels;

    /// <summary>A series without samples yet.</summary>
    public StoredSeries(SeriesGroup group, string name, TargetColumns? columns, int slot)
    {
        Group = group;
        Name = name;
        _columns = columns;
        _slot = columns is null ? -1 : slot;
    }

    public SeriesGroup Group { get; }

    /// <summary>The metric's name; empty when it has none.</summary>
    public string Name { get; }

    /// <summary>How long samples are kept, milliseconds; nothing when zero.</summary>
    public long Window { get; set; }

    /// <summary>Whether a loaded rule selects it.</summary>
    public bool IsSelected { get; set; }

    /// <summary>Whether it is no longer in the index.</summary>
    public bool IsRemoved { get; set; }

    // Built when first asked for: most series of a fleet are never selected. Two readers may both build it, which does no harm.

    /// <inheritdoc/>
    public Labels Labels => _labels ??= BuildLabels();

    /// <summary>Samples with their own times; null when there are none.</summary>
    public OwnSamples? Own => Volatile.Read(ref _parts)?.Own;

    /// <summary>Whether there is more than one place where samples lie, or one that is not a target's.</summary>
    public bool HasFurtherParts => Volatile.Read(ref _parts) is not null;

    /// <summary>Whether there is any place where samples lie.</summary>
    public bool HasParts => Volatile.Read(ref _slot) >= 0 || HasFurtherParts;

    /// <summary>Its labels, for one use: they are not kept.</summary>
    public Labels BuildLabels() => _labels ?? Labels.Create([new Label(Labels.MetricName, Name), .. Group.Labels.AsSpan()]);

    /// <inheritdoc/>
    public void Read(long startExclusive, long endInclusive, SampleWindow into)
    {
        var parts = Volatile.Read(ref _parts);
        if (parts is null)
        {
            ReadSlot(startExclusive, endInclusive, into);
        }
        else if (_columns is null && parts.Slots.Length == 0)
        {
            parts.Own?.Read(startExclusive, endInclusive, into);
        }
        else
        {
            ReadMerged(parts, startExclusive, endInclusive, into);
        }
    }

    /// <inheritdoc/>
    public bool TryReadLast(long startExclusive, long endInclusive, out Sample sample)
    {
        var found = TryReadLastSlot(null, startExclusive, endInclusive, out sample);
        if (Own is { } own && own.TryReadLast(startExclusive, endInclusive, out var last) && (!found || last.Timestamp > sample.Timestamp))
        {
            sample = last;
            found = true;
        }

        return found;
    }

    /// <summary>The newest sample of a window that targets exposed, one of them left out.</summary>
    public bool TryReadLastSlot(TargetColumns? butOf, long startExclusive, long endInclusive, out Sample sample)
    {
        sample = default;
        var found = false;
        if (_columns is not null && _columns != butOf)
        {
            found = SlotPart.TryReadLast(_columns, ref _slot, startExclusive, endInclusive, out sample);
        }

        foreach (var part in Volatile.Read(ref _parts)?.Slots ?? [])
        {
            if (part.Columns != butOf && part.TryReadLast(startExclusive, endInclusive, out var last) && (!found || last.Timestamp > sample.Timestamp))
            {
                sample = last;
                found = true;
            }
        }

        return found;
    }

    /// <summary>What a sample is beside those that lie elsewhere than in a certain target.</summary>
    public AppendResult Compare(long timestamp, double value, TargetColumns? butOf)
    {
        var found = TryReadLastSlot(butOf, long.MinValue, long.MaxValue, out var newest);
        if (Own is { } own && own.TryReadLast(long.MinValue, long.MaxValue, out var last) && (!found || last.Timestamp > newest.Timestamp))
        {
            newest = last;
            found = true;
        }

        return !found || timestamp > newest.Timestamp ? AppendResult.Added
            : timestamp < newest.Timestamp ? AppendResult.OutOfOrder
            : CellValue.Same(newest.Value, value) ? AppendResult.Unchanged
            : AppendResult.Duplicate;
    }

    /// <summary>The slot that a target keeps it in; negative when it does not.</summary>
    public int SlotIn(TargetColumns columns)
    {
        if (_columns == columns && _slot >= 0)
        {
            return _slot;
        }

        return Array.Find(_parts?.Slots ?? [], part => part.Columns == columns)?.Slot ?? -1;
    }

    /// <summary>Adds a slot of a target. Targets learn that they share the series.</summary>
    public void Attach(TargetColumns columns, int slot)
    {
        var parts = _parts ?? SeriesParts.None;
        Volatile.Write(ref _parts, parts with { Slots = [.. parts.Slots, new SlotPart(columns, slot)] });
        ShareColumns();
    }

    /// <summary>Adds a place for samples with their own times.</summary>
    public OwnSamples AttachOwn()
    {
        var parts = _parts ?? SeriesParts.None;
        var own = parts.Own ?? new OwnSamples();
        Volatile.Write(ref _parts, parts with { Own = own });
        ShareColumns();
        return own;
    }

    /// <summary>Gives up a target's slot.</summary>
    public void Detach(TargetColumns columns)
    {
        if (_columns == columns && _slot >= 0)
        {
            Volatile.Write(ref _slot, -1);
            return;
        }

        if (_parts is { } parts && Array.Find(parts.Slots, part => part.Columns == columns) is { } found)
        {
            found.Release();
            SetParts(parts with { Slots = Array.FindAll(parts.Slots, part => part != found) });
        }
    }

    /// <summary>Gives up the place for samples with their own times if it is empty.</summary>
    public void DetachOwnIfEmpty()
    {
        if (_parts is { Own: { } own } parts && own.TryClose())
        {
            SetParts(parts with { Own = null });
        }
    }

    private void SetParts(SeriesParts parts) => Volatile.Write(ref _parts, parts.IsEmpty ? null : parts);

    private void ShareColumns()
    {
        _columns?.SharesSeries = true;
        foreach (var part in _parts!.Slots)
        {
            part.Columns.SharesSeries = true;
        }
    }

    private void ReadSlot(long startExclusive, long endInclusive, SampleWindow into)
    {
        if (_columns is not null)
        {
            SlotPart.Read(_columns, ref _slot, startExclusive, endInclusive, into);
        }
    }

    private void ReadMerged(SeriesParts parts, long startExclusive, long endInclusive, SampleWindow into)
    {
        var all = new SampleWindow();
        ReadSlot(startExclusive, endInclusive, all);
        foreach (var part in parts.Slots)
        {
            part.Read(startExclusive, endInclusive, all);
        }

        parts.Own?.Read(startExclusive, endInclusive, all);

        // Stable, so that of two samples of one time the part that was there first wins, always the same one.
        var timestamps = all.Timestamps.ToArray();
        var values = all.Values.ToArray();
        var previous = long.MinValue;
        foreach (var at in Enumerable.Range(0, timestamps.Length).OrderBy(at => timestamps[at]))
        {
            if (timestamps[at] > previous)
            {
                previous = timestamps[at];
                into.Add(previous, values[at]);
            }
        }
    }
}
