using SriovPulse.PromQL.Parsing;
using SriovPulse.PromQL.Series;

namespace SriovPulse.PromQL.Evaluation;

/// <summary>Makes results of blocks: removes the names that were to go, and puts rows together that are the same series then.</summary>
internal static class ResultReader
{
    public const string SameLabels = "vector cannot contain metrics with the same labelset";

    public static VectorValue Vector(SeriesBlock block, long at, TextRange range)
    {
        var samples = new List<VectorSample>(block.Count);
        var mayRepeat = RemoveNames(block);
        var seen = mayRepeat ? new HashSet<Labels>(block.Count) : null;
        var labels = block.Labels;
        var values = block.Values;
        for (var row = 0; row < labels.Length; row++)
        {
            if (Absent.Is(values[row]))
            {
                continue;
            }

            if (seen is not null && !seen.Add(labels[row]))
            {
                throw new QueryExecutionException(SameLabels, range, labels[row].ToString());
            }

            samples.Add(new VectorSample(labels[row], values[row]));
        }

        return new VectorValue(at, samples);
    }

    public static MatrixValue Matrix(SeriesBlock block, StepGrid grid, TextRange range)
    {
        RemoveNames(block);
        block = Merge(block, range, failOnOverlap: true);
        var series = new List<MatrixSeries>(block.Count);
        for (var row = 0; row < block.Count; row++)
        {
            var values = block.Row(row);
            var count = 0;
            foreach (var value in values)
            {
                count += Absent.Is(value) ? 0 : 1;
            }

            if (count == 0)
            {
                continue;
            }

            var samples = new Sample[count];
            for (int step = 0, at = 0; step < values.Length; step++)
            {
                if (!Absent.Is(values[step]))
                {
                    samples[at++] = new Sample(grid[step], values[step]);
                }
            }

            series.Add(new MatrixSeries(block.Labels[row], samples));
        }

        series.Sort(static (a, b) => Labels.Compare(a.Labels, b.Labels));
        return new MatrixValue(series);
    }

    /// <summary>Puts rows of the same labels and name state together. Two values at one step are an error.</summary>
    public static SeriesBlock Merge(SeriesBlock block, TextRange range, bool failOnOverlap)
    {
        var first = new Dictionary<(Labels, bool), int>(block.Count);
        var repeated = false;
        for (var row = 0; row < block.Count; row++)
        {
            if (first.TryAdd((block.Labels[row], block.Names[row] != NameState.Kept), row))
            {
                continue;
            }

            repeated = true;
            var into = block.Row(first[(block.Labels[row], block.Names[row] != NameState.Kept)]);
            var from = block.Row(row);
            for (var step = 0; step < from.Length; step++)
            {
                if (Absent.Is(from[step]))
                {
                    continue;
                }

                if (!Absent.Is(into[step]) && failOnOverlap)
                {
                    throw new QueryExecutionException(SameLabels, range, block.Labels[row].ToString());
                }

                (into[step], from[step]) = (from[step], Absent.Value);
            }
        }

        if (repeated)
        {
            block.Compact();
        }

        return block;
    }

    /// <summary>Removes the names that are to go; true when rows may have become the same.</summary>
    private static bool RemoveNames(SeriesBlock block)
    {
        var mayRepeat = !HaveOneName(block);
        var labels = block.Labels;
        var names = block.Names;
        for (var row = 0; row < labels.Length; row++)
        {
            if (names[row] != NameState.Kept)
            {
                labels[row] = labels[row].WithoutMetadata();
                names[row] = NameState.Kept;
            }
        }

        return mayRepeat;
    }

    /// <summary>Rows are different series: when all of them lose the same name and nothing else, or none loses anything, they stay different.</summary>
    public static bool HaveOneName(SeriesBlock block)
    {
        if (block.Count == 0)
        {
            return true;
        }

        var (isDropped, name) = (block.Names[0] != NameState.Kept, block.Labels[0].Name);
        for (var row = 0; row < block.Count; row++)
        {
            var labels = block.Labels[row];
            if ((block.Names[row] != NameState.Kept) != isDropped || (isDropped && (labels.Name != name || labels.HasTypeOrUnit)))
            {
                return false;
            }
        }

        return true;
    }
}
