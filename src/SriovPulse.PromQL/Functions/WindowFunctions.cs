using System.Buffers;
using SriovPulse.PromQL.Evaluation;

namespace SriovPulse.PromQL.Functions;

/// <summary>The <c>…_over_time</c> functions.</summary>
internal static class WindowFunctions
{
    public static bool Sum(in WindowArguments window, out double value)
    {
        var sum = default(KahanSum);
        foreach (var sample in window.Values)
        {
            sum.Add(sample);
        }

        value = sum.Value;
        return true;
    }

    public static bool Average(in WindowArguments window, out double value)
    {
        var mean = default(Mean);
        foreach (var sample in window.Values)
        {
            mean.Add(sample);
        }

        value = mean.Value;
        return true;
    }

    public static bool Min(in WindowArguments window, out double value)
    {
        value = window.Values[0];
        foreach (var sample in window.Values)
        {
            value = sample < value || double.IsNaN(value) ? sample : value;
        }

        return true;
    }

    public static bool Max(in WindowArguments window, out double value)
    {
        value = window.Values[0];
        foreach (var sample in window.Values)
        {
            value = sample > value || double.IsNaN(value) ? sample : value;
        }

        return true;
    }

    public static bool Count(in WindowArguments window, out double value)
    {
        value = window.Values.Length;
        return true;
    }

    public static bool Present(in WindowArguments window, out double value)
    {
        value = 1;
        return true;
    }

    public static bool Last(in WindowArguments window, out double value)
    {
        value = window.Values[^1];
        return true;
    }

    public static bool StandardVariance(in WindowArguments window, out double value)
    {
        var variance = default(Variance);
        foreach (var sample in window.Values)
        {
            variance.Add(sample);
        }

        value = variance.Value;
        return true;
    }

    public static bool StandardDeviation(in WindowArguments window, out double value)
    {
        StandardVariance(in window, out value);
        value = Math.Sqrt(value);
        return true;
    }

    public static bool QuantileOf(in WindowArguments window, out double value)
    {
        // The quantile sorts its values, and the next window needs them as they are.
        var sorted = ArrayPool<double>.Shared.Rent(window.Values.Length);
        window.Values.CopyTo(sorted);
        value = Quantile.Of(window.Parameter, sorted.AsSpan(0, window.Values.Length));
        ArrayPool<double>.Shared.Return(sorted);
        return true;
    }
}
