using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Store.Index;

/// <summary>All series of one metric. What was handed out stays as it was: additions go behind it, removals make a new list.</summary>
internal sealed class MetricSeries(string name)
{
    private ISeries[] _series = new ISeries[4];
    private int _removed;

    /// <summary>The metric's name: the one string that its series share.</summary>
    public string Name => name;

    /// <summary>How many the list holds, removed ones among them.</summary>
    public int Count { get; private set; }

    /// <summary>How many there are.</summary>
    public int LiveCount => Count - _removed;

    /// <summary>The series as they are now, removed ones maybe among them.</summary>
    public ArraySegment<ISeries> Snapshot => new(_series, 0, Count);

    /// <summary>Whether there are removed ones in the list.</summary>
    public bool HasRemoved => _removed > 0;

    public void Add(StoredSeries series)
    {
        if (Count == _series.Length)
        {
            Array.Resize(ref _series, Count * 2);
        }

        _series[Count++] = series;
    }

    /// <summary>Notes that some were marked as removed; they are dropped once they are many.</summary>
    public void NoteRemoved(int count)
    {
        _removed += count;
        if (_removed * 8 < Count)
        {
            return;
        }

        var kept = _series.Take(Count).Where(static series => !((StoredSeries)series).IsRemoved).ToArray();
        Count = kept.Length;
        _removed = 0;
        _series = kept.Length == 0 ? new ISeries[4] : kept;
    }
}
