namespace SriovPulse.PromQL.Series;

/// <summary>The NaN by which Prometheus marks that a series ended (prometheus/common, model/value: StaleNaN).</summary>
public static class Staleness
{
    private const long MarkerBits = 0x7ff0000000000002;

    /// <summary>The marker. Compare by <see cref="IsMarker"/>: it is one NaN among many.</summary>
    public static double Marker { get; } = BitConverter.Int64BitsToDouble(MarkerBits);

    /// <summary>Whether a value is the marker; an ordinary NaN is not.</summary>
    public static bool IsMarker(double value) => BitConverter.DoubleToInt64Bits(value) == MarkerBits;
}
