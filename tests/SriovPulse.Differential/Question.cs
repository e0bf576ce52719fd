using SriovPulse.Metrics.Querying;

namespace SriovPulse.Differential;

/// <summary>A query at a time, or over a range of times.</summary>
/// <param name="Query">The expression.</param>
/// <param name="At">The time; not used with a range.</param>
/// <param name="Range">The times; null for one.</param>
internal sealed record Question(string Query, long At, TimeRange? Range)
{
    public override string ToString() => Range is { } range ? $"{Query}   from {range.Start} to {range.End} by {range.Step}" : $"{Query}   at {At}";
}
