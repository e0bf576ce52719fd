namespace SriovPulse.PromQL.Tests.PromqlTest;

/// <summary>One point of a series line: a float, a gap, or a native histogram, of which nothing is read.</summary>
public readonly record struct PointText(double? Value, bool IsHistogram)
{
    public static PointText Gap => default;

    public static PointText Histogram => new(null, true);

    public static PointText Of(double value) => new(value, false);
}
