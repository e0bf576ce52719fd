using System.Diagnostics;
using System.Globalization;
using SriovPulse.Benchmarks.Exporters;
using SriovPulse.Benchmarks.Scraping;

namespace SriovPulse.Benchmarks.Measuring;

/// <summary>System calls of a process over some steady scrapes, counted by strace.</summary>
/// <param name="PerScrape">Calls of all threads, per scrape.</param>
/// <param name="ByName">The same by name, most frequent first.</param>
internal sealed record SystemCalls(double PerScrape, IReadOnlyList<(string Name, double PerScrape)> ByName)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    /// <summary>Whether strace is here to be run.</summary>
    public static bool CanCount => File.Exists("/usr/bin/strace");

    /// <summary>Attaches, scrapes, detaches.</summary>
    public static SystemCalls Count(ExporterProcess exporter, ScrapeConnection connection, int scrapes)
    {
        var summary = Path.GetTempFileName();
        try
        {
            using var strace = Process.Start(new ProcessStartInfo(
                "/usr/bin/strace",
                ["-c", "-f", "-qq", "--summary-columns=calls,name", "-o", summary, "-p", exporter.Id.ToString(CultureInfo.InvariantCulture)]))!;
            WaitUntilAttached(exporter);
            for (var i = 0; i < scrapes; i++)
            {
                connection.Scrape();
            }

            using var interrupt = Process.Start("/bin/kill", ["-INT", strace.Id.ToString(CultureInfo.InvariantCulture)])!;
            strace.WaitForExit();
            return Parse(File.ReadAllLines(summary), scrapes);
        }
        finally
        {
            File.Delete(summary);
        }
    }

    private static void WaitUntilAttached(ExporterProcess exporter)
    {
        var started = Stopwatch.GetTimestamp();
        while (Directory.GetDirectories($"/proc/{exporter.Id}/task").Any(task => File.ReadAllText($"{task}/status").Contains("TracerPid:\t0\n", StringComparison.Ordinal)))
        {
            if (Stopwatch.GetElapsedTime(started) > s_limit)
            {
                throw new InvalidOperationException("strace could not attach; it needs the right to trace (root, or kernel.yama.ptrace_scope=0)");
            }

            Thread.Sleep(5);
        }
    }

    private static SystemCalls Parse(string[] lines, int scrapes)
    {
        var calls = new List<(string Name, double PerScrape)>();
        foreach (var line in lines)
        {
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length == 2 && long.TryParse(fields[0], CultureInfo.InvariantCulture, out var count) && fields[1] != "total")
            {
                calls.Add((fields[1], (double)count / scrapes));
            }
        }

        return calls.Count > 0
            ? new(calls.Sum(c => c.PerScrape), [.. calls.OrderByDescending(c => c.PerScrape)])
            : throw new InvalidDataException("strace's summary has no calls");
    }
}
