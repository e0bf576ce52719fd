using System.Diagnostics;
using SriovPulse.Benchmarks.Store;
using SriovPulse.PromQL;
using SriovPulse.PromQL.Evaluation;
using static SriovPulse.Benchmarks.Fleets.Text;

namespace SriovPulse.Benchmarks.Fleets;

/// <summary>What a controller's 15 seconds cost: parse, ingest, record, evaluate.</summary>
internal static class CycleCommand
{
    // The tiered compiler has settled, and the rest is a controller's daily life.
    private const int Measured = 16;

    public static int Run(int hosts, int vfs, int cycles)
    {
        var heapBefore = GC.GetTotalMemory(forceFullCollection: true);
        var time = new SteppedTime();
        var scrapes = new FleetScrapes(new Fleet(hosts, vfs), time);
        var generator = GC.GetTotalMemory(forceFullCollection: true) - heapBefore;
        scrapes.Cycle();
        Say($"{hosts} hosts x {vfs} VFs x {Exposition.SeriesPerVf} series and {Fleet.Pfs} PFs: {scrapes.SamplesPerCycle} samples in {Mega(scrapes.Bytes)} MB of OpenMetrics each 15 s; {cycles} cycles, the last {Measured} measured; window 15 min");
        Say($"first cycle, all series new: {scrapes.CpuSeconds:F2} s CPU; {(GC.GetTotalMemory(true) - heapBefore - generator) / (double)scrapes.SamplesPerCycle:F0} B per series with its first sample");
        scrapes.Record();

        var expressions = Policies.All.Select(static policy => PromQLExpression.Parse(policy.Expression)).ToArray();
        var ingest = new List<double>();
        var recording = new List<double>();
        var maintenance = new List<double>();
        var evaluation = expressions.Select(static _ => new List<double>()).ToArray();
        var results = new int[expressions.Length];
        var pauses = TimeSpan.Zero;
        for (var cycle = 1; cycle < cycles; cycle++)
        {
            if (cycle == cycles - Measured)
            {
                pauses = GC.GetTotalPauseDuration();
            }

            scrapes.Cycle();
            ingest.Add(scrapes.CpuSeconds);
            var cpu = new CpuTime();
            scrapes.Record();
            recording.Add(cpu.Seconds);
            cpu = new CpuTime();
            if (cycle % 4 == 0)
            {
                scrapes.Store.Maintain();
            }

            maintenance.Add(cpu.Seconds);
            for (var i = 0; i < expressions.Length && cycle >= cycles - (2 * Measured); i++)
            {
                cpu = new CpuTime();
                results[i] = Count(scrapes.Engine.Instant(expressions[i], scrapes.Now).Value);
                evaluation[i].Add(cpu.Seconds);
            }
        }

        pauses = GC.GetTotalPauseDuration() - pauses;
        using var self = Process.GetCurrentProcess();
        var ingested = Median(ingest.TakeLast(Measured));
        var evaluated = Enumerable.Range(1, Measured).Select(back => evaluation.Sum(each => each[^back])).ToArray();
        var whole = Enumerable.Range(1, Measured).Select(back => ingest[^back] + recording[^back] + maintenance[^back] + evaluation.Sum(each => each[^back])).ToArray();
        Say($"parse and ingest: {ingested:F3} s CPU median, {ingest.TakeLast(Measured).Max():F3} worst; {scrapes.Bytes / 1e6 / ingested:F0} MB/s, {scrapes.SamplesPerCycle / 1e6 / ingested:F2} million samples/s");
        Say($"recording rule: {Median(recording.TakeLast(Measured)):F3} s; upkeep of the store: {maintenance.TakeLast(Measured).Average():F3} s on average");
        Say($"{expressions.Length} expressions: {Median(evaluated):F3} s CPU median, {evaluated.Max():F3} worst");
        Say($"whole cycle: {Median(whole):F3} s CPU median, {whole.Max():F3} worst; pauses of the collector {pauses.TotalSeconds / Measured:F3} s per cycle");
        Say($"RSS {Mega(Environment.WorkingSet)} MB now, {Mega(self.PeakWorkingSet64)} MB at most, ever; managed heap with garbage {Mega(GC.GetTotalMemory(false))} MB, committed {Mega(GC.GetGCMemoryInfo(GCKind.Any).TotalCommittedBytes)} MB");
        var heap = GC.GetTotalMemory(forceFullCollection: true) - heapBefore - generator;
        Say($"at rest: {Mega(heap)} MB of heap ({Mega(generator)} MB more are the benchmark's and the empty targets'), own count {Mega(scrapes.Store.Bytes)} MB; {scrapes.Store.SeriesCount} series: {heap / (double)scrapes.Store.SeriesCount:F0} B per series with {Math.Min(cycles, 60)} samples, {heap / (double)scrapes.Store.SeriesCount / Math.Min(cycles, 60):F2} B per sample");
        Say($"");
        Say($"| expression | results | CPU ms |");
        Say($"|---|---|---|");
        for (var i = 0; i < expressions.Length; i++)
        {
            Say($"| {Policies.All[i].Name} | {results[i]} | {Median(evaluation[i].TakeLast(Measured)) * 1000:F1} |");
        }

        GC.KeepAlive(scrapes);
        return 0;
    }

    private static int Count(QueryValue value) => ((VectorValue)value).Samples.Count;
}
