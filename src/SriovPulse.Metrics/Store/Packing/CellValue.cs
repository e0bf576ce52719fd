namespace SriovPulse.Metrics.Store.Packing;

/// <summary>How a value stands in a column: a NaN that no sample has says that there is none.</summary>
internal static class CellValue
{
    private const long AbsentBits = 0x7ff0_0000_5b5e_0001;

    /// <summary>No sample here. Compare by <see cref="IsAbsent"/>.</summary>
    public static double Absent { get; } = BitConverter.Int64BitsToDouble(AbsentBits);

    /// <summary>Whether a cell holds no sample.</summary>
    public static bool IsAbsent(double cell) => BitConverter.DoubleToInt64Bits(cell) == AbsentBits;

    /// <summary>A sample's value as it is stored: all NaN but the staleness marker are one, so that none can pass for <see cref="Absent"/>.</summary>
    public static double Of(double value) => double.IsNaN(value) && !PromQL.Series.Staleness.IsMarker(value) ? double.NaN : value;

    /// <summary>Whether two values are the same to the bit, which is what tells a repeated sample from a contradicting one.</summary>
    public static bool Same(double a, double b) => BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b);
}
