using System.Numerics;
using SriovPulse.Metrics.Store.Packing;

namespace SriovPulse.Metrics.Store.Targets;

/// <summary>
/// What the texts of a target's exposition mean: bytes to slots, without a string. Texts come in the same order in each scrape, so the one behind
/// the last is tried before the table.
/// </summary>
internal sealed class SeriesTexts
{
    /// <summary>Relabelling drops it.</summary>
    public const int Dropped = -1;

    /// <summary>No loaded rule selects it.</summary>
    public const int NotKept = -2;

    /// <summary>The store is full.</summary>
    public const int Refused = -3;

    private const int MinimumBuckets = 64;

    private Entry[] _entries = new Entry[32];
    private byte[] _bytes = new byte[1024];
    private int[] _buckets = new int[MinimumBuckets];
    private int _count;
    private int _used;
    private int _next;

    /// <summary>Bytes that the table takes.</summary>
    public long Bytes => _bytes.Length + (_entries.Length * 16L) + (_buckets.Length * 4L);

    /// <summary>A scrape begins: the first text is expected.</summary>
    public void Rewind() => _next = 0;

    /// <summary>Finds a text, and notes that it was seen.</summary>
    /// <param name="text">The text.</param>
    /// <param name="sequence">The number of the block that the scrape goes to.</param>
    /// <param name="slot">Its slot, or one of the negative meanings.</param>
    public bool TryFind(ReadOnlySpan<byte> text, int sequence, out int slot)
    {
        var at = _next;
        if ((uint)at >= (uint)_count || !TextOf(at).SequenceEqual(text))
        {
            at = _buckets[Bucket(text)] - 1;
            if (at < 0)
            {
                slot = 0;
                return false;
            }
        }

        _next = at + 1;
        ref var entry = ref _entries[at];
        entry.Sequence = sequence;
        slot = entry.Slot;
        return true;
    }

    /// <summary>Says what a text means, again maybe.</summary>
    public void Set(ReadOnlySpan<byte> text, int sequence, int slot)
    {
        var bucket = Bucket(text);
        if (_buckets[bucket] is > 0 and var known)
        {
            _entries[known - 1].Slot = slot;
            _entries[known - 1].Sequence = sequence;
            _next = known;
            return;
        }

        if (_count == _entries.Length)
        {
            Array.Resize(ref _entries, _count + (_count / 2));
        }

        if (_used + text.Length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_used + text.Length, _bytes.Length + (_bytes.Length / 2)));
        }

        text.CopyTo(_bytes.AsSpan(_used));
        _entries[_count++] = new Entry { Offset = _used, Length = text.Length, Slot = slot, Sequence = sequence };
        _used += text.Length;
        _buckets[bucket] = _count;
        _next = _count;
        if (_count * 2 > _buckets.Length)
        {
            Rehash(_buckets.Length * 2);
        }
    }

    /// <summary>Forgets texts by their slot and by the block they were last seen in.</summary>
    public void Forget(Func<int, int, bool> isForgotten)
    {
        var kept = 0;
        var used = 0;
        for (var i = 0; i < _count; i++)
        {
            var entry = _entries[i];
            if (isForgotten(entry.Slot, entry.Sequence))
            {
                continue;
            }

            // Entries and their texts lie in the same order, so nothing is overwritten that is still to be moved.
            _bytes.AsSpan(entry.Offset, entry.Length).CopyTo(_bytes.AsSpan(used));
            entry.Offset = used;
            used += entry.Length;
            _entries[kept++] = entry;
        }

        if (kept < _count)
        {
            _count = kept;
            _used = used;
            _next = 0;
            Rehash(Math.Max(MinimumBuckets, (int)BitOperations.RoundUpToPowerOf2((uint)kept * 2)));
        }
    }

    /// <summary>Gives back the room that growing left over.</summary>
    public void Trim()
    {
        if (_entries.Length > _count + 32)
        {
            Array.Resize(ref _entries, Math.Max(32, _count));
        }

        if (_bytes.Length > _used + 1024)
        {
            Array.Resize(ref _bytes, Math.Max(1024, _used));
        }
    }

    private ReadOnlySpan<byte> TextOf(int at) => _bytes.AsSpan(_entries[at].Offset, _entries[at].Length);

    // The bucket that holds the text, or the free one where it belongs.
    private uint Bucket(ReadOnlySpan<byte> text)
    {
        var mask = (uint)_buckets.Length - 1;
        var bucket = Checksum.Of(text) & mask;
        while (_buckets[bucket] is > 0 and var entry && !TextOf(entry - 1).SequenceEqual(text))
        {
            bucket = (bucket + 1) & mask;
        }

        return bucket;
    }

    private void Rehash(int buckets)
    {
        _buckets = new int[buckets];
        for (var i = 0; i < _count; i++)
        {
            _buckets[Bucket(TextOf(i))] = i + 1;
        }
    }

    private struct Entry
    {
        public int Offset;
        public int Length;
        public int Slot;
        public int Sequence;
    }
}
