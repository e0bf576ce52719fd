using System.Globalization;
using SriovPulse.Benchmarks.Trees;

namespace SriovPulse.Benchmarks.Measuring;

/// <summary>Results as Markdown, a row per exporter, the sizes beside each other in a cell.</summary>
internal static class Table
{
    public static void Write(TextWriter output, Results results)
    {
        output.WriteLine($"Sizes (PF×VF): {string.Join(" / ", results.Shapes)}; {string.Join(" / ", results.Shapes.Select(s => s.Values))} values.");
        output.WriteLine();
        output.WriteLine("| variant | CPU ms per scrape | p50 ms | p99 ms | RSS MiB | of it anonymous | start to first scrape ms | system calls per value | kept descriptors | threads | idle CPU ms/s | body KiB | binary MiB |");
        output.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var exporter in results.Exporters)
        {
            string Cell(Func<Measurement, double> column, string format) => Join(results, shape => results.Median(exporter.Name, shape, column), format);
            string[] cells =
            [
                exporter.Name,
                Cell(m => m.CpuMillisecondsPerScrape, "0.00"),
                Cell(m => m.MedianMilliseconds, "0.00"),
                Cell(m => m.P99Milliseconds, "0.00"),
                Cell(m => m.ResidentMebibytes, "0.0"),
                Cell(m => m.AnonymousMebibytes, "0.0"),
                Cell(m => m.FirstScrapeMilliseconds, "0"),
                Join(results, shape => (results.Calls(exporter.Name, shape)?.PerScrape ?? double.NaN) / shape.Values, "0.00"),
                Cell(m => m.KeptDescriptors, "0"),
                Cell(m => m.Threads, "0"),
                Cell(m => m.IdleMillisecondsPerSecond, "0.00"),
                Cell(m => m.BodyKibibytes, "0"),
                exporter.BinaryMebibytes.ToString("0.0", CultureInfo.InvariantCulture),
            ];
            output.WriteLine($"| {string.Join(" | ", cells)} |");
        }

        output.WriteLine();
        output.WriteLine($"System calls per scrape at {results.Shapes[^1]}, the most frequent:");
        output.WriteLine();
        foreach (var exporter in results.Exporters)
        {
            if (results.Calls(exporter.Name, results.Shapes[^1]) is { } calls)
            {
                var names = calls.ByName.Take(8).Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Name} {c.PerScrape:0}"));
                output.WriteLine($"- {exporter.Name}: {string.Join(", ", names)}");
            }
        }
    }

    private static string Join(Results results, Func<TreeShape, double> value, string format) =>
        string.Join(" / ", results.Shapes.Select(shape => double.IsNaN(value(shape)) ? "–" : value(shape).ToString(format, CultureInfo.InvariantCulture)));
}
