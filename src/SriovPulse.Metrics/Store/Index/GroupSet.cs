using System.Numerics;

namespace SriovPulse.Metrics.Store.Index;

/// <summary>A set of label groups by number, a bit each.</summary>
internal sealed class GroupSet(int limit)
{
    private readonly ulong[] _words = new ulong[(limit + 63) / 64];

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            var count = 0;
            foreach (var word in _words)
            {
                count += BitOperations.PopCount(word);
            }

            return count;
        }
    }

    public bool Contains(int id) => (_words[id >> 6] & (1UL << id)) != 0;

    public void Add(int id) => _words[id >> 6] |= 1UL << id;

    public void Remove(int id) => _words[id >> 6] &= ~(1UL << id);

    /// <summary>Makes it all groups.</summary>
    public void Fill() => Array.Fill(_words, ulong.MaxValue);

    /// <summary>Keeps those that are in the other set too.</summary>
    public void IntersectWith(GroupSet other)
    {
        for (var i = 0; i < _words.Length; i++)
        {
            _words[i] &= other._words[i];
        }
    }
}
