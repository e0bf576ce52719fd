using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Scraping.Configuration;

/// <summary>Targets with labels in common: a <c>static_configs</c> entry, or an entry of a discovery file.</summary>
/// <param name="Addresses"><c>targets</c>: host and port of each.</param>
/// <param name="Labels"><c>labels</c>: what all of them get.</param>
public sealed record TargetGroup(IReadOnlyList<string> Addresses, Labels Labels);
