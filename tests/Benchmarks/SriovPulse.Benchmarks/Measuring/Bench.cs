using System.Diagnostics;
using SriovPulse.Benchmarks.Exporters;
using SriovPulse.Benchmarks.Scraping;
using SriovPulse.Benchmarks.Trees;

namespace SriovPulse.Benchmarks.Measuring;

/// <summary>Measures one exporter over one tree in a fresh process, and holds its answers to the tree.</summary>
/// <param name="Scrapes">Measured scrapes.</param>
/// <param name="WarmUp">Scrapes before them.</param>
/// <param name="Pause">Time between two scrapes.</param>
internal sealed record Bench(int Scrapes, int WarmUp, TimeSpan Pause)
{
    private static readonly TimeSpan s_idle = TimeSpan.FromSeconds(1);

    public Measurement Measure(Exporter exporter, HostTree tree)
    {
        using var process = ExporterProcess.Start(exporter, tree.Root, out var connection);
        using (connection)
        {
            using var raised = new RaisedCounter(tree);
            AnswerCheck.Values(connection.Text(), tree.Shape, gone: null);
            for (var i = 0; i < WarmUp; i++)
            {
                ScrapeFresh(connection, raised);
            }

            var latencies = new double[Scrapes];
            var cpu = process.CpuTime;
            for (var i = 0; i < Scrapes; i++)
            {
                latencies[i] = ScrapeFresh(connection, raised);
            }

            cpu = process.CpuTime - cpu;
            Array.Sort(latencies);
            var resident = process.ResidentMebibytes;
            var anonymous = process.AnonymousMebibytes;
            var descriptors = process.DescriptorsBelow(tree.Root);
            var threads = process.Threads;
            CheckTopology(exporter, tree, connection);
            return new Measurement
            {
                CpuMillisecondsPerScrape = cpu.TotalMilliseconds / Scrapes,
                MedianMilliseconds = latencies[Scrapes / 2],
                P99Milliseconds = latencies[(int)Math.Ceiling(Scrapes * 0.99) - 1],
                ResidentMebibytes = resident,
                AnonymousMebibytes = anonymous,
                FirstScrapeMilliseconds = process.TimeToFirstScrape.TotalMilliseconds,
                KeptDescriptors = descriptors,
                Threads = threads,
                BodyKibibytes = connection.BodyBytes / 1024.0,
                IdleMillisecondsPerSecond = Idle(process),
            };
        }
    }

    /// <summary>System calls in a process of its own, because tracing slows it.</summary>
    public SystemCalls CountSystemCalls(Exporter exporter, HostTree tree)
    {
        using var process = ExporterProcess.Start(exporter, tree.Root, out var connection);
        using (connection)
        {
            for (var i = 0; i < WarmUp; i++)
            {
                connection.Scrape();
            }

            return SystemCalls.Count(process, connection, Math.Max(3, 4096 / tree.Shape.Values));
        }
    }

    private static double Idle(ExporterProcess process)
    {
        var before = process.CpuTime;
        Thread.Sleep(s_idle);
        return (process.CpuTime - before).TotalMilliseconds / s_idle.TotalSeconds;
    }

    private static void CheckTopology(Exporter exporter, HostTree tree, ScrapeConnection connection)
    {
        if (!exporter.FollowsTopology)
        {
            return;
        }

        (int Pf, int Vf) gone = (0, tree.Shape.VirtualFunctions - 1);
        tree.SetPresent(gone.Pf, gone.Vf, present: false);
        try
        {
            connection.Scrape();
            AnswerCheck.Values(connection.Text(), tree.Shape, gone);
        }
        finally
        {
            tree.SetPresent(gone.Pf, gone.Vf, present: true);
        }

        connection.Scrape();
        AnswerCheck.Values(connection.Text(), tree.Shape, gone: null);
    }

    private double ScrapeFresh(ScrapeConnection connection, RaisedCounter raised)
    {
        if (Pause > TimeSpan.Zero)
        {
            Thread.Sleep(Pause);
        }

        var line = raised.Raise();
        var started = Stopwatch.GetTimestamp();
        connection.Scrape();
        var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        return connection.HasLine(line)
            ? elapsed
            : throw new InvalidDataException("the answer does not have the value that the counter was raised to: it was not read for this scrape");
    }
}
