using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Store;

/// <summary>Series that a loaded rule reads, and how far back.</summary>
/// <param name="Matchers">What a series must satisfy.</param>
/// <param name="Window">How long its samples are kept: the rule's range, offset and lookback together.</param>
public sealed record KeptSelector(IReadOnlyList<LabelMatcher> Matchers, TimeSpan Window);
