using SriovPulse.Metrics.Store.Columns;
using SriovPulse.Metrics.Store.Index;
using SriovPulse.Metrics.Store.Packing;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Store.Targets;

/// <summary>
/// The series of one target and their samples. Outlives a target's closing, until its samples have expired, and is taken up again when the target
/// is opened again. Everything is done under <see cref="Gate"/>, but for what its appender does alone between beginning and commit.
/// </summary>
internal sealed class TargetSeries(Labels labels, TargetColumns columns)
{
    private const int Free = int.MinValue;

    private readonly Stack<int> _free = [];
    private StoredSeries?[] _series = [];
    private int[] _lastSequence = [];

    public Lock Gate { get; } = new();

    public Labels Labels => labels;

    public TargetColumns Columns => columns;

    /// <summary>What the exposition's texts mean; null when nobody has the target open.</summary>
    public SeriesTexts? Texts { get; set; }

    /// <summary>What it says about its families.</summary>
    public TargetMetadata? Metadata { get; set; }

    /// <summary>Whether a scrape is being taken: slots keep their meaning then.</summary>
    public bool IsAppending { get; set; }

    /// <summary>The revision of the store's rules that its slots were last checked against.</summary>
    public int Revision { get; set; }

    /// <summary>Bytes that were last counted towards the store's.</summary>
    public long CountedBytes { get; set; }

    /// <summary>All slots are below this.</summary>
    public int SlotLimit { get; private set; }

    /// <summary>Bytes that it takes.</summary>
    public long Bytes => 600 + columns.Bytes + (Texts?.Bytes ?? 0) + (_series.Length * 12L);

    /// <summary>The series in a slot; null when there is none.</summary>
    public StoredSeries? this[int slot] => _series[slot];

    /// <summary>In which block a slot had its last sample.</summary>
    public int LastSequence(int slot) => _lastSequence[slot];

    /// <summary>A slot for a new series.</summary>
    public int TakeSlot()
    {
        if (_free.TryPop(out var free))
        {
            return free;
        }

        if (SlotLimit == _series.Length)
        {
            Array.Resize(ref _series, Math.Max(16, SlotLimit + (SlotLimit / 4)));
            Array.Resize(ref _lastSequence, _series.Length);
        }

        _lastSequence[SlotLimit] = Free;
        return SlotLimit++;
    }

    /// <summary>Makes slots that were taken and not used free, the first ones last so that they are used first.</summary>
    public void ReturnFreeSlots()
    {
        _free.Clear();
        for (var slot = SlotLimit - 1; slot >= 0; slot--)
        {
            if (_lastSequence[slot] == Free)
            {
                _free.Push(slot);
            }
        }
    }

    /// <summary>Puts a series into a slot; null keeps the slot from use while samples of a series that is gone lie there.</summary>
    public void Put(int slot, StoredSeries? series, int lastSequence)
    {
        _series[slot] = series;
        _lastSequence[slot] = lastSequence;
    }

    /// <summary>Notes that a slot has a sample in the block that is open.</summary>
    public void Touch(int slot) => _lastSequence[slot] = columns.OpenSequence;

    /// <summary>Drops samples whose series' window has passed.</summary>
    /// <param name="now">The time, milliseconds since 1970.</param>
    /// <param name="ladder">The different windows; a block is looked at once for each that it outlives.</param>
    /// <param name="always">Look at all blocks: series were dropped or got other windows.</param>
    /// <param name="builder">Packs what stays.</param>
    public void Thin(long now, long[] ladder, bool always, SealedBlock.Builder builder)
    {
        columns.Rewrite(block =>
        {
            var age = now - block.Last;
            var outlived = Array.FindLast(ladder, window => window < age);
            if (!always && outlived <= block.Outlived)
            {
                return block;
            }

            var thinned = TargetColumns.Without(block, slot => !IsKept(slot, age), builder);
            thinned?.Outlived = outlived;
            return thinned;
        });
    }

    /// <summary>Frees slots of series that have no samples left and of series that are no longer kept. Not while a scrape is being taken.</summary>
    public void FreeSlots(SeriesIndex index)
    {
        List<int>? freed = null;
        List<StoredSeries>? gone = null;
        for (var slot = 0; slot < SlotLimit; slot++)
        {
            if (_lastSequence[slot] == Free)
            {
                continue;
            }

            // A series of the newest scrape stays even if memory was too short for its samples: its next one is not a new series.
            var isHeld = columns.Holds(slot, _lastSequence[slot]) || IsLive(slot);
            if (isHeld && _series[slot] is not ({ IsRemoved: true } or { Window: <= 0 }))
            {
                continue;
            }

            if (_series[slot] is { } series)
            {
                (gone ??= []).Add(series);
                _series[slot] = null;
            }

            // A slot whose samples still lie in the open block is not given to another series until that block is packed, without them.
            if (!isHeld)
            {
                _lastSequence[slot] = Free;
                _free.Push(slot);
            }

            (freed ??= []).Add(slot);
        }

        var oldest = columns.Sealed.IsEmpty ? columns.OpenSequence : columns.Sealed[0].Sequence;
        var without = freed?.ToHashSet();
        Texts?.Forget((slot, sequence) => slot < 0 ? sequence < oldest : without?.Contains(slot) == true);
        if (gone is not null)
        {
            columns.Forget(freed!);
            index.Detach(gone, columns);
        }
    }

    /// <summary>Gives up all slots, when the target's samples have expired.</summary>
    public void Clear(SeriesIndex index) => index.Detach(_series.OfType<StoredSeries>(), columns);

    private bool IsLive(int slot) =>
        Texts is not null && slot < columns.LastColumn.Length
        && columns.LastColumn[slot] is var cell && !CellValue.IsAbsent(cell) && !Staleness.IsMarker(cell);

    private bool IsKept(int slot, long age) => slot < SlotLimit && _series[slot] is { IsRemoved: false } series && series.Window >= age;
}
