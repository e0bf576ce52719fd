using SriovPulse.PromQL.Series;

namespace SriovPulse.PromQL.Tests.PromqlTest;

/// <summary>Series in memory, and a mark on those that hold what this engine does not know.</summary>
public sealed class TestSource : ISeriesSource
{
    private readonly Dictionary<Labels, TestSeries> _series = [];

    public void Clear() => _series.Clear();

    public TestSeries Get(Labels labels)
    {
        if (!_series.TryGetValue(labels, out var series))
        {
            _series[labels] = series = new TestSeries(labels);
        }

        return series;
    }

    public void Load(LoadCommand load)
    {
        // A series that is there twice in one load has the points of its last line.
        foreach (var line in load.Series.Where(static line => !line.IsStartTimestamps).GroupBy(static line => line.Labels).Select(static lines => lines.Last()))
        {
            var series = Get(line.Labels);
            for (var i = 0; i < line.Points.Count; i++)
            {
                series.Add(i * load.Interval, line.Points[i]);
            }

            var name = line.Labels.Name;
            if (load.WithCustomBuckets && name.EndsWith("_bucket", StringComparison.Ordinal))
            {
                var custom = Get(line.Labels.Without(["le"]).With(Labels.MetricName, name[..^"_bucket".Length]));
                for (var i = 0; i < line.Points.Count; i++)
                {
                    custom.Add(i * load.Interval, PointText.Histogram);
                }
            }
        }

        foreach (var line in load.Series.Where(static line => line.IsStartTimestamps))
        {
            Get(line.Labels).HasStartTimestamps = true;
        }
    }

    public IReadOnlyList<ISeries> FindSeries(
        IReadOnlyList<LabelMatcher> matchers, long startExclusive, long endInclusive, CancellationToken cancellationToken)
    {
        var found = new List<ISeries>();
        foreach (var series in _series.Values)
        {
            if (!matchers.All(matcher => matcher.Matches(series.Labels.Get(matcher.Name))))
            {
                continue;
            }

            if (series.HasHistogramIn(startExclusive, endInclusive))
            {
                throw new OutOfScopeException($"selects native histograms of {series.Labels}");
            }

            if (series.HasStartTimestamps)
            {
                throw new OutOfScopeException($"needs the start timestamps of {series.Labels}: an experimental feature");
            }

            found.Add(series);
        }

        return found;
    }
}
