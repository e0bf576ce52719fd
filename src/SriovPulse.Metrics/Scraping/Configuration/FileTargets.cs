namespace SriovPulse.Metrics.Scraping.Configuration;

/// <summary>One <c>file_sd_configs</c> entry.</summary>
/// <param name="Patterns"><c>files</c>: absolute paths whose last part may hold <c>*</c>; their names end in .json, .yml or .yaml.</param>
/// <param name="RefreshInterval"><c>refresh_interval</c>: how often they are read again even though no change was seen.</param>
public sealed record FileTargets(IReadOnlyList<string> Patterns, TimeSpan RefreshInterval);
