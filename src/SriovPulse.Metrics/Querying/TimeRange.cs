namespace SriovPulse.Metrics.Querying;

/// <summary>The times of a range query.</summary>
/// <param name="Start">The first, milliseconds since 1970.</param>
/// <param name="End">The last, not before the first; included when it falls on a step.</param>
/// <param name="Step">The distance in milliseconds, more than 0.</param>
public readonly record struct TimeRange(long Start, long End, long Step);
