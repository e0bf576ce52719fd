namespace SriovPulse.PromQL.Series;

/// <summary>One value of a series.</summary>
/// <param name="Timestamp">Milliseconds since 1970.</param>
/// <param name="Value">The value; <see cref="Staleness.Marker"/> says that the series ended here.</param>
public readonly record struct Sample(long Timestamp, double Value);
