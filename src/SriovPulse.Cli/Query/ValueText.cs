using System.Globalization;
using System.Text;
using SriovPulse.PromQL.Evaluation;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Cli.Query;

/// <summary>Values for people to read: a vector is a table with a column per label, a matrix a block per series.</summary>
internal static class ValueText
{
    public static string Format(QueryValue value) => value switch
    {
        ScalarValue scalar => $"{NumberText.Format(scalar.Value)}\n",
        StringValue text => $"{text.Value}\n",
        VectorValue vector => Format(vector),
        MatrixValue matrix => Format(matrix),
        _ => throw new InvalidOperationException($"no text for {value.GetType().Name}"),
    };

    private static string Format(VectorValue vector)
    {
        if (vector.Samples.Count == 0)
        {
            return $"no series at {Time(vector.Timestamp)}\n";
        }

        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var sample in vector.Samples)
        {
            foreach (ref readonly var label in sample.Labels.AsSpan())
            {
                names.Add(label.Name);
            }
        }

        var header = names.Select(static name => name == Labels.MetricName ? "METRIC" : name).Append("VALUE").ToList();
        var rows = vector.Samples
            .Select(sample => (IReadOnlyList<string>)[.. names.Select(sample.Labels.Get), NumberText.Format(sample.Value)])
            .ToList();
        return TextTable.Format(header, rows);
    }

    private static string Format(MatrixValue matrix)
    {
        if (matrix.Series.Count == 0)
        {
            return "no series\n";
        }

        var text = new StringBuilder();
        foreach (var series in matrix.Series)
        {
            text.Append(CultureInfo.InvariantCulture, $"{series.Labels}\n");
            foreach (var sample in series.Samples)
            {
                text.Append(CultureInfo.InvariantCulture, $"  {Time(sample.Timestamp)}  {NumberText.Format(sample.Value)}\n");
            }
        }

        return text.ToString();
    }

    private static string Time(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
