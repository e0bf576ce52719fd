using SriovPulse.PromQL.Series;

namespace SriovPulse.PromQL.Tests.PromqlTest;

/// <summary>A series in memory.</summary>
public sealed class TestSeries(Labels labels) : ISeries
{
    private readonly List<long> _times = [];
    private readonly List<double> _values = [];
    private readonly List<long> _histograms = [];

    public Labels Labels { get; } = labels;

    public bool HasStartTimestamps { get; set; }

    public void Add(long time, PointText point)
    {
        if (point.IsHistogram)
        {
            _histograms.Add(time);
        }
        else if (point.Value is { } value && (_times.Count == 0 || time > _times[^1]))
        {
            _times.Add(time);
            _values.Add(value);
        }
    }

    public bool HasHistogramIn(long startExclusive, long endInclusive) => _histograms.Exists(time => time > startExclusive && time <= endInclusive);

    public void Read(long startExclusive, long endInclusive, SampleWindow into)
    {
        for (var i = After(startExclusive); i < _times.Count && _times[i] <= endInclusive; i++)
        {
            into.Add(_times[i], _values[i]);
        }
    }

    public bool TryReadLast(long startExclusive, long endInclusive, out Sample sample)
    {
        var at = After(endInclusive) - 1;
        var found = at >= 0 && _times[at] > startExclusive;
        sample = found ? new Sample(_times[at], _values[at]) : default;
        return found;
    }

    /// <summary>The first sample behind a time.</summary>
    private int After(long time)
    {
        var at = _times.BinarySearch(time);
        return at < 0 ? ~at : at + 1;
    }
}
