using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Store.Index;

/// <summary>Series that differ in the metric's name only, as those of one VF: they share their other labels.</summary>
/// <param name="id">Its number, used again once it is gone.</param>
/// <param name="labels">The labels without the name.</param>
internal sealed class SeriesGroup(int id, Labels labels)
{
    private StoredSeries[] _series = [];

    public int Id => id;

    public Labels Labels => labels;

    public int Count { get; private set; }

    public ReadOnlySpan<StoredSeries> Series => _series.AsSpan(0, Count);

    /// <summary>The series of a metric's name; null when there is none.</summary>
    public StoredSeries? Find(string name)
    {
        foreach (var series in Series)
        {
            if (series.Name == name)
            {
                return series;
            }
        }

        return null;
    }

    public void Add(StoredSeries series)
    {
        if (Count == _series.Length)
        {
            // A group seldom grows after its first scrape; doubling large ones keeps label-less metrics from being copied each time.
            Array.Resize(ref _series, Count + Math.Max(4, Count / 2));
        }

        _series[Count++] = series;
    }

    public void Remove(StoredSeries series)
    {
        var at = Array.IndexOf(_series, series, 0, Count);
        if (at >= 0)
        {
            _series[at] = _series[--Count];
            _series[Count] = null!;
        }
    }
}
