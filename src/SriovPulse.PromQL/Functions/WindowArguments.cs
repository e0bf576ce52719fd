namespace SriovPulse.PromQL.Functions;

/// <summary>A window of one series, without staleness markers and never empty.</summary>
/// <param name="timestamps">Milliseconds since 1970, rising.</param>
/// <param name="values">The values.</param>
/// <param name="start">Where the window starts; no sample lies there.</param>
/// <param name="end">Where it ends; a sample may lie there.</param>
/// <param name="evaluatedAt">The time of the step, which the window's end differs from by offset and @.</param>
/// <param name="parameter">The function's scalar argument.</param>
internal readonly ref struct WindowArguments(
    ReadOnlySpan<long> timestamps, ReadOnlySpan<double> values, long start, long end, long evaluatedAt, double parameter)
{
    public readonly ReadOnlySpan<long> Timestamps = timestamps;
    public readonly ReadOnlySpan<double> Values = values;
    public readonly long Start = start;
    public readonly long End = end;
    public readonly long EvaluatedAt = evaluatedAt;
    public readonly double Parameter = parameter;
}
