using SriovPulse.PromQL.Series;

namespace SriovPulse.PromQL.Evaluation;

/// <summary>Numbers the groups that series fall into: a hash table over parts of label sets.</summary>
internal sealed class SignatureTable(LabelSubset subset, int capacity)
{
    private int[] _slots = new int[Size(capacity)];
    private int[] _hashes = new int[Math.Max(4, capacity)];
    private Labels[] _first = new Labels[Math.Max(4, capacity)];

    /// <summary>How many groups there are.</summary>
    public int Count { get; private set; }

    /// <summary>The labels of the series that a group was seen with first.</summary>
    public Labels First(int group) => _first[group];

    /// <summary>The group of a series; a new one when it is the first of its group.</summary>
    public int GetOrAdd(Labels labels)
    {
        var hash = subset.Hash(labels);
        var slot = Find(labels, hash);
        if (_slots[slot] != 0)
        {
            return _slots[slot] - 1;
        }

        if (Count == _first.Length)
        {
            Array.Resize(ref _first, Count * 2);
            Array.Resize(ref _hashes, Count * 2);
        }

        _first[Count] = labels;
        _hashes[Count] = hash;
        _slots[slot] = ++Count;
        if (Count * 2 > _slots.Length)
        {
            Grow();
        }

        return Count - 1;
    }

    /// <summary>The group of a series; -1 when there is none.</summary>
    public int Find(Labels labels) => _slots[Find(labels, subset.Hash(labels))] - 1;

    private int Find(Labels labels, int hash)
    {
        var mask = _slots.Length - 1;
        var slot = Scramble(hash) & mask;
        while (_slots[slot] != 0)
        {
            var group = _slots[slot] - 1;
            if (_hashes[group] == hash && subset.Same(_first[group], labels))
            {
                return slot;
            }

            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private void Grow()
    {
        _slots = new int[_slots.Length * 2];
        var mask = _slots.Length - 1;
        for (var group = 0; group < Count; group++)
        {
            var slot = Scramble(_hashes[group]) & mask;
            while (_slots[slot] != 0)
            {
                slot = (slot + 1) & mask;
            }

            _slots[slot] = group + 1;
        }
    }

    private static int Size(int capacity) => (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(8, capacity * 2));

    private static int Scramble(int hash) => hash ^ (hash >>> 15);
}
