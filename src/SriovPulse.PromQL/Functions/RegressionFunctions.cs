using SriovPulse.PromQL.Evaluation;

namespace SriovPulse.PromQL.Functions;

/// <summary>A straight line through the samples of a window (least squares).</summary>
internal static class RegressionFunctions
{
    public static bool Derivative(in WindowArguments window, out double value)
    {
        value = window.Values.Length < 2 ? 0 : Fit(in window, window.Timestamps[0]).Slope;
        return window.Values.Length >= 2;
    }

    public static bool PredictLinear(in WindowArguments window, out double value)
    {
        value = 0;
        if (window.Values.Length < 2)
        {
            return false;
        }

        var (slope, intercept) = Fit(in window, window.EvaluatedAt);
        value = (slope * window.Parameter) + intercept;
        return true;
    }

    private static (double Slope, double Intercept) Fit(in WindowArguments window, long origin)
    {
        var times = window.Timestamps;
        var values = window.Values;
        // NaN is no constant: ContainsAnyExcept takes it for equal to itself.
        if (!double.IsNaN(values[0]) && !values.ContainsAnyExcept(values[0]))
        {
            return double.IsInfinity(values[0]) ? (double.NaN, double.NaN) : (0, values[0]);
        }

        KahanSum sumX = default, sumY = default, sumXY = default, sumX2 = default;
        for (var i = 0; i < values.Length; i++)
        {
            var x = (times[i] - origin) / 1000.0;
            sumX.Add(x);
            sumY.Add(values[i]);
            sumXY.Add(x * values[i]);
            sumX2.Add(x * x);
        }

        double n = values.Length;
        var covariance = sumXY.Value - (sumX.Value * sumY.Value / n);
        var variance = sumX2.Value - (sumX.Value * sumX.Value / n);
        var slope = covariance / variance;
        return (slope, (sumY.Value / n) - (slope * sumX.Value / n));
    }
}
