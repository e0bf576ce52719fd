namespace SriovPulse.PromQL.Evaluation;

/// <summary>φ-quantiles of plain values.</summary>
internal static class Quantile
{
    /// <summary>The quantile, interpolated between neighbours; sorts the values, NaN before all numbers.</summary>
    public static double Of(double phi, Span<double> values)
    {
        if (values.IsEmpty || double.IsNaN(phi))
        {
            return double.NaN;
        }

        if (phi is < 0 or > 1)
        {
            return phi < 0 ? double.NegativeInfinity : double.PositiveInfinity;
        }

        values.Sort();
        var rank = phi * (values.Length - 1);
        var lower = (int)Math.Floor(rank);
        var upper = Math.Min(values.Length - 1, lower + 1);
        var weight = rank - lower;
        return (values[lower] * (1 - weight)) + (values[upper] * weight);
    }
}
