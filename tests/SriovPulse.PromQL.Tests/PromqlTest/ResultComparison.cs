using System.Globalization;
using SriovPulse.PromQL.Evaluation;
using SriovPulse.PromQL.Series;

namespace SriovPulse.PromQL.Tests.PromqlTest;

/// <summary>Compares results with expectations, as exactly as upstream's harness does.</summary>
public static class ResultComparison
{
    private const double Tolerance = 1e-6;
    private const double SmallestNormal = 2.2250738585072014e-308;

    /// <summary>Null when the result is as expected, otherwise what is different.</summary>
    public static string? Difference(EvalCommand eval, QueryValue value) => value switch
    {
        StringValue text => text.Value == eval.Expect.Text ? null : $"expected string {eval.Expect.Text}, got {text.Value}",
        ScalarValue scalar => eval.Expect.Scalar is { } expected && Same(expected, scalar.Value)
            ? null : $"expected {eval.Expect.Scalar?.ToString(CultureInfo.InvariantCulture) ?? "no scalar"}, got scalar {scalar.Value}",
        VectorValue vector => Vector(eval.Expect, vector.Samples),
        MatrixValue matrix => Matrix(eval, matrix),
        _ => throw new InvalidOperationException(value.GetType().Name),
    };

    private static string? Vector(Expectations expect, IReadOnlyList<VectorSample> samples)
    {
        if (samples.Count != expect.Series.Count)
        {
            return $"expected {expect.Series.Count} series, got {samples.Count}: {string.Join(", ", samples.Take(5))}";
        }

        for (var i = 0; i < expect.Series.Count; i++)
        {
            var expected = expect.Series[i];
            var at = expect.IsOrdered ? i : IndexOf(samples, expected.Labels);
            if (at < 0 || !samples[at].Labels.Equals(expected.Labels))
            {
                return $"expected {expected.Labels} at {i}, got {string.Join(", ", samples.Take(5))}";
            }

            if (!Same(expected.Points[0].Value!.Value, samples[at].Value))
            {
                return $"{expected.Labels}: expected {expected.Points[0].Value}, got {samples[at].Value:R}";
            }
        }

        return null;
    }

    private static string? Matrix(EvalCommand eval, MatrixValue matrix)
    {
        var (start, step) = eval.Expect.RangeVector ?? (eval.Start, eval.Step ?? 0);
        if (matrix.Series.Count != eval.Expect.Series.Count(static series => series.Points.Any(static point => point.Value is not null)))
        {
            return $"expected {eval.Expect.Series.Count} series, got {matrix.Series.Count}: {string.Join(", ", matrix.Series.Take(5).Select(static s => s.Labels))}";
        }

        foreach (var expected in eval.Expect.Series)
        {
            var samples = matrix.Series.FirstOrDefault(series => series.Labels.Equals(expected.Labels))?.Samples ?? [];
            var wanted = expected.Points.Select((point, i) => (Time: start + (i * step), point.Value)).Where(static point => point.Value is not null).ToArray();
            if (wanted.Length != samples.Count)
            {
                return $"{expected.Labels}: expected {wanted.Length} samples, got {samples.Count}";
            }

            for (var i = 0; i < wanted.Length; i++)
            {
                if (wanted[i].Time != samples[i].Timestamp || !Same(wanted[i].Value!.Value, samples[i].Value))
                {
                    return $"{expected.Labels} at {wanted[i].Time}: expected {wanted[i].Value}, got {samples[i]}";
                }
            }
        }

        return null;
    }

    private static int IndexOf(IReadOnlyList<VectorSample> samples, Labels labels)
    {
        for (var i = 0; i < samples.Count; i++)
        {
            if (samples[i].Labels.Equals(labels))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Relative; only zero equals zero.</summary>
    private static bool Same(double expected, double actual)
    {
        if (expected == actual || (double.IsNaN(expected) && double.IsNaN(actual)))
        {
            return true;
        }

        var sum = Math.Abs(expected) + Math.Abs(actual);
        var difference = Math.Abs(expected - actual);
        return expected == 0 || actual == 0 || sum < SmallestNormal
            ? difference < Tolerance * SmallestNormal
            : difference / Math.Min(sum, double.MaxValue) < Tolerance;
    }
}
