namespace SriovPulse.PromQL.Series;

/// <summary>Where the evaluator gets series from: the embedded store, a file, a test's list.</summary>
public interface ISeriesSource
{
    /// <summary>
    /// The series that satisfy all matchers and may have samples in the window (open at its start, closed at its end, milliseconds since 1970);
    /// each label set once, in any order. One that turns out to have none there does no harm.
    /// </summary>
    IReadOnlyList<ISeries> FindSeries(IReadOnlyList<LabelMatcher> matchers, long startExclusive, long endInclusive, CancellationToken cancellationToken);
}
