using SriovPulse.Metrics.Store.Packing;

namespace SriovPulse.Metrics.Store.Columns;

/// <summary>Some scrapes of a target, packed: the times once for all series, a <see cref="ValueRun"/> per series. Immutable.</summary>
internal sealed class SealedBlock
{
    // An entry is where a series' run begins, or, with the upper bit set, the one small number that it was in every scrape.
    private const uint InlineConstant = 0x8000_0000;
    private const uint Nothing = InlineConstant - 1;

    // Of few series of many, which ones is written down; else the place in the table says it.
    private const int SparseBelow = 4;

    private readonly uint[] _entries;
    private readonly int[]? _slots;
    private readonly byte[] _runs;
    private readonly long[] _timestamps;

    private SealedBlock(int sequence, long[] timestamps, uint[] entries, int[]? slots, byte[] runs)
    {
        Sequence = sequence;
        _timestamps = timestamps;
        _entries = entries;
        _slots = slots;
        _runs = runs;
    }

    /// <summary>The block's number within its target, rising.</summary>
    public int Sequence { get; }

    /// <summary>The longest window that it was last cleared of, milliseconds.</summary>
    public long Outlived { get; set; }

    /// <summary>The scrapes' times, rising.</summary>
    public ReadOnlySpan<long> Timestamps => _timestamps;

    /// <summary>The time of its newest scrape.</summary>
    public long Last => _timestamps[^1];

    /// <summary>Bytes that it takes in memory.</summary>
    public long Bytes => 120 + (_timestamps.Length * sizeof(long)) + (_entries.Length * sizeof(uint)) + ((_slots?.Length ?? 0) * sizeof(int)) + _runs.Length;

    /// <summary>All slots from here on are empty.</summary>
    public int SlotLimit => _slots is null ? _entries.Length : _slots.Length == 0 ? 0 : _slots[^1] + 1;

    /// <summary>Whether a series has samples here.</summary>
    public bool Contains(int slot) => Entry(slot) != Nothing;

    /// <summary>Reads a series' cells, as many as there are scrapes.</summary>
    /// <returns>False when there is no sample at all; the cells are not written then.</returns>
    public bool TryRead(int slot, Span<double> cells)
    {
        var entry = Entry(slot);
        if (entry == Nothing)
        {
            return false;
        }

        if (entry >= InlineConstant)
        {
            cells.Fill(entry - InlineConstant);
        }
        else
        {
            ValueRun.Read(_runs.AsSpan((int)entry), cells);
        }

        return true;
    }

    /// <summary>Appends the block as a snapshot holds it.</summary>
    public void Write(ByteSink into)
    {
        into.Varint((ulong)_timestamps.Length);
        foreach (var timestamp in _timestamps)
        {
            into.Fixed64(timestamp);
        }

        var slots = 0;
        for (var slot = 0; slot < SlotLimit; slot++)
        {
            slots += Contains(slot) ? 1 : 0;
        }

        into.Varint((ulong)slots);
        Span<double> cells = stackalloc double[_timestamps.Length];
        var previous = -1;
        for (var slot = 0; slot < SlotLimit; slot++)
        {
            if (TryRead(slot, cells))
            {
                into.Varint((ulong)(slot - previous - 1));
                ValueRun.Write(cells, into);
                previous = slot;
            }
        }
    }

    /// <summary>Reads a block that <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">These bytes are none.</exception>
    public static SealedBlock Read(ref ByteSource source, int sequence, int slotLimit, Builder builder)
    {
        var scrapes = source.Below(ValueRun.Limit + 1);
        if (scrapes == 0)
        {
            throw new InvalidDataException("a block of no scrapes");
        }

        var timestamps = new long[scrapes];
        for (var i = 0; i < scrapes; i++)
        {
            timestamps[i] = source.Fixed64();
            if (i > 0 && timestamps[i] <= timestamps[i - 1])
            {
                throw new InvalidDataException("a block whose times do not rise");
            }
        }

        builder.Begin(sequence, timestamps);
        Span<double> cells = stackalloc double[scrapes];
        var slot = -1;
        for (var left = source.Below(slotLimit + 1); left > 0; left--)
        {
            slot += source.Below(slotLimit - slot - 1) + 1;
            var rest = source;
            builder.Add(slot, cells, source.Take(ValueRun.Read(rest.Take(rest.Left), cells)));
        }

        return builder.Seal();
    }

    private uint Entry(int slot)
    {
        if (_slots is not null)
        {
            slot = Array.BinarySearch(_slots, slot);
        }

        return (uint)slot < (uint)_entries.Length ? _entries[slot] : Nothing;
    }

    /// <summary>Packs a block, series by series in the order of slots. Used again for the next block.</summary>
    internal sealed class Builder
    {
        private readonly ByteSink _runs = new();
        private readonly List<int> _slots = [];
        private readonly List<uint> _entries = [];
        private long[] _timestamps = [];
        private int _sequence;

        public void Begin(int sequence, long[] timestamps)
        {
            _sequence = sequence;
            _timestamps = timestamps;
            _runs.Clear();
            _slots.Clear();
            _entries.Clear();
        }

        /// <summary>Adds a series; nothing when all its cells are empty.</summary>
        /// <param name="slot">Its slot, above those before it.</param>
        /// <param name="cells">Its values.</param>
        /// <param name="packed">The run that packs them, when it is known already.</param>
        public void Add(int slot, ReadOnlySpan<double> cells, ReadOnlySpan<byte> packed = default)
        {
            var first = cells[0];
            var constant = true;
            foreach (var cell in cells)
            {
                constant &= CellValue.Same(cell, first);
            }

            if (constant && CellValue.IsAbsent(first))
            {
                return;
            }

            var inline = constant && first >= 0 && first < Nothing && ValueRun.IsWhole(first);
            _slots.Add(slot);
            _entries.Add(inline ? InlineConstant | (uint)first : (uint)_runs.Length);
            if (inline)
            {
                return;
            }

            if (packed.IsEmpty)
            {
                ValueRun.Write(cells, _runs);
            }
            else
            {
                _runs.Bytes(packed);
            }
        }

        public SealedBlock Seal()
        {
            var limit = _slots.Count == 0 ? 0 : _slots[^1] + 1;
            if (_slots.Count * SparseBelow < limit)
            {
                return new SealedBlock(_sequence, _timestamps, [.. _entries], [.. _slots], _runs.ToArray());
            }

            var entries = new uint[limit];
            Array.Fill(entries, Nothing);
            for (var i = 0; i < _slots.Count; i++)
            {
                entries[_slots[i]] = _entries[i];
            }

            return new SealedBlock(_sequence, _timestamps, entries, null, _runs.ToArray());
        }
    }
}
