using System.Globalization;
using SriovPulse.PromQL.Evaluation;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Differential;

/// <summary>Whether two values are the same to 1e-6, NaN being the same as NaN.</summary>
internal static class ValueComparison
{
    private const double Tolerance = 1e-6;

    // What is left of numbers near 1 that should have cancelled each other out.
    private const double Noise = 1e-9;

    /// <summary>The first difference; null when there is none.</summary>
    /// <param name="here">The engine's value.</param>
    /// <param name="there">Prometheus' value.</param>
    /// <param name="mayTie">Whether the expression keeps some of its series only: of series with equal values it may be any.</param>
    public static string? Difference(QueryValue here, QueryValue there, bool mayTie) => (here, there) switch
    {
        (ScalarValue mine, ScalarValue yours) => IsSame(mine.Value, yours.Value) ? null : Text(mine.Value, yours.Value),
        (StringValue mine, StringValue yours) => mine.Value == yours.Value ? null : $"{mine.Value} here, {yours.Value} there",
        (VectorValue mine, VectorValue yours) => Difference(
            [.. mine.Samples.Select(sample => new MatrixSeries(sample.Labels, [new Sample(mine.Timestamp, sample.Value)]))],
            [.. yours.Samples.Select(sample => new MatrixSeries(sample.Labels, [new Sample(yours.Timestamp, sample.Value)]))],
            mayTie),
        (MatrixValue mine, MatrixValue yours) => Difference(mine.Series, yours.Series, mayTie),
        _ => $"{here.GetType().Name} here, {there.GetType().Name} there",
    };

    private static string? Difference(IReadOnlyList<MatrixSeries> here, IReadOnlyList<MatrixSeries> there, bool mayTie)
    {
        var mine = Samples(here);
        var yours = Samples(there);
        if (mine.Count != here.Sum(static series => series.Samples.Count))
        {
            return "a label set is there twice here";
        }

        // What is on one side only must then be on the other under another name.
        var onlyHere = mine.Where(sample => !yours.ContainsKey(sample.Key)).ToList();
        var onlyThere = yours.Where(sample => !mine.ContainsKey(sample.Key)).ToList();
        var isTie = mayTie ? AreTies(onlyHere, onlyThere) : onlyHere.Count + onlyThere.Count == 0;
        if (!isTie)
        {
            return $"{onlyHere.Count} samples only here, {onlyThere.Count} only there: {First(onlyHere)} | {First(onlyThere)}";
        }

        foreach (var (key, value) in mine)
        {
            if (yours.TryGetValue(key, out var other) && !IsSame(value, other))
            {
                return string.Create(CultureInfo.InvariantCulture, $"{key.Item1} at {key.Item2}: {Text(value, other)}");
            }
        }

        return null;
    }

    private static bool AreTies(List<KeyValuePair<(Labels, long), double>> here, List<KeyValuePair<(Labels, long), double>> there)
    {
        var mine = here.Select(static sample => (Time: sample.Key.Item2, sample.Value)).Order();
        var yours = there.Select(static sample => (Time: sample.Key.Item2, sample.Value)).Order();
        return here.Count == there.Count && mine.Zip(yours).All(static pair => pair.First.Time == pair.Second.Time && IsSame(pair.First.Value, pair.Second.Value));
    }

    private static Dictionary<(Labels, long), double> Samples(IReadOnlyList<MatrixSeries> series)
    {
        var samples = new Dictionary<(Labels, long), double>();
        foreach (var one in series)
        {
            foreach (var sample in one.Samples)
            {
                samples.TryAdd((one.Labels, sample.Timestamp), sample.Value);
            }
        }

        return samples;
    }

    private static bool IsSame(double mine, double yours) => mine.Equals(yours)
        || Math.Abs(mine - yours) <= Math.Max(Noise, Tolerance * Math.Max(Math.Abs(mine), Math.Abs(yours)));

    private static string Text(double mine, double yours) => string.Create(CultureInfo.InvariantCulture, $"{mine:R} here, {yours:R} there");

    private static string First(List<KeyValuePair<(Labels, long), double>> samples) => samples is [var first, ..]
        ? string.Create(CultureInfo.InvariantCulture, $"{first.Key.Item1} at {first.Key.Item2} = {first.Value:R}")
        : "none";
}
