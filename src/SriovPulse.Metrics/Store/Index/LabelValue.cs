namespace SriovPulse.Metrics.Store.Index;

/// <summary>A value of a label and the groups that have it. Its text is the one string that all of them share.</summary>
internal sealed class LabelValue(string text)
{
    private int[] _groups = new int[1];

    public string Text => text;

    public int Count { get; private set; }

    /// <summary>Numbers of the groups, in no order.</summary>
    public ReadOnlySpan<int> Groups => _groups.AsSpan(0, Count);

    public void Add(int group)
    {
        if (Count == _groups.Length)
        {
            Array.Resize(ref _groups, Count * 2);
        }

        _groups[Count++] = group;
    }

    /// <summary>Removes all groups of a set.</summary>
    public void RemoveAll(GroupSet removed)
    {
        var kept = 0;
        for (var i = 0; i < Count; i++)
        {
            if (!removed.Contains(_groups[i]))
            {
                _groups[kept++] = _groups[i];
            }
        }

        Count = kept;
    }
}
