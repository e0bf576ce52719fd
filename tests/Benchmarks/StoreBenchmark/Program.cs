using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using SriovPulse.Benchmarks.Store;
using SriovPulse.Metrics.Store;
using SriovPulse.PromQL.Series;

// store-benchmark [HOSTS] [VFS] [CYCLES] [SNAPSHOT MILLISECONDS]: what the store costs for a fleet that is scraped every 15 s, by default that which the
// project is sized for. With a snapshot and the time it was written it measures the restart only; a run starts itself so at its end.
var hosts = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1000;
var vfs = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 64;
var cycles = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 80;
var interval = Scrapes.Interval;
var time = new SteppedTime();
var fleet = new Fleet(hosts, vfs);
var seriesCount = hosts * fleet.SeriesPerHost;
var options = new SeriesStoreOptions { Window = TimeSpan.FromMinutes(15), MemoryLimit = 4L << 30 };
if (args.Length > 4)
{
    return Restart(args[3], long.Parse(args[4], CultureInfo.InvariantCulture));
}

var heapBefore = GC.GetTotalMemory(forceFullCollection: true);
Say($"{hosts} hosts x {vfs} VFs x {VfSeries.All.Length} series = {seriesCount} series, every {interval.TotalSeconds} s, {cycles} cycles; window {options.Window.TotalMinutes} min");
Say($"before: heap {Mega(heapBefore)} MB (the fleet's texts and values), RSS {Mega(Environment.WorkingSet)} MB");

var store = new SeriesStore(options, time, NullLogger<SeriesStore>.Instance);
var scrapes = new Scrapes(fleet, time, store);
var cpu = new CpuTime();
scrapes.Cycle();
Say($"first cycle, all series new: {cpu.Seconds:F2} s CPU; {(GC.GetTotalMemory(true) - heapBefore) / (double)seriesCount:F0} B per series with its first sample");

var firstPauses = GC.GetTotalPauseDuration();
var perCycle = new List<double>();
var peak = 0L;
for (var i = 1; i < cycles; i++)
{
    fleet.Advance(interval.TotalSeconds);
    time.Time += interval;
    cpu = new CpuTime();
    scrapes.Cycle();
    if (i % 4 == 0)
    {
        store.Maintain();
    }

    perCycle.Add(cpu.Seconds);
    peak = Math.Max(peak, Environment.WorkingSet);
}

perCycle.Sort();
Say($"steady cycle: {perCycle[perCycle.Count / 2]:F3} s CPU median, {perCycle[^1]:F3} s worst; {perCycle[perCycle.Count / 2] / seriesCount * 1e9:F0} ns per sample");
Say($"RSS {Mega(Environment.WorkingSet)} MB now, {Mega(peak)} MB at most; pauses of the collector {(GC.GetTotalPauseDuration() - firstPauses).TotalSeconds:F2} s in the steady cycles, {firstPauses.TotalSeconds:F2} s before");

var collector = GC.GetGCMemoryInfo(GCKind.Any);
Say($"the collector holds {Mega(collector.TotalCommittedBytes)} MB, of them {Mega(collector.HeapSizeBytes)} MB heap with {Mega(collector.FragmentedBytes)} MB of gaps");

var watch = Stopwatch.StartNew();
var heap = GC.GetTotalMemory(forceFullCollection: true) - heapBefore;
Say($"full collections by hand: {watch.Elapsed.TotalMilliseconds:F0} ms");
var samples = Count(store);
Say($"at rest: heap {Mega(heap)} MB, own count {Mega(store.Bytes)} MB, {samples} samples ({samples / (double)seriesCount:F0} per series); {heap / (double)samples:F2} B per sample all included");

Read(store, "sriov_vf_receive_bytes_total", TimeSpan.FromMinutes(5));
Read(store, "sriov_vf_link_up", TimeSpan.FromMinutes(5));

var path = Path.Combine(Path.GetTempPath(), $"store-benchmark-{Environment.ProcessId}.snapshot");
cpu = new CpuTime();
watch.Restart();
store.WriteSnapshot(path);
Say($"snapshot written: {Mega(new FileInfo(path).Length)} MB, {watch.Elapsed.TotalSeconds:F2} s, {cpu.Seconds:F2} s CPU");

string[] restart = [hosts.ToString(CultureInfo.InvariantCulture), vfs.ToString(CultureInfo.InvariantCulture), "0", path, time.Milliseconds.ToString(CultureInfo.InvariantCulture)];
using var process = Process.Start(Environment.ProcessPath!, restart);
process.WaitForExit();
File.Delete(path);
return process.ExitCode;

int Restart(string snapshot, long milliseconds)
{
    time.Time = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
    var rss = Environment.WorkingSet;
    var restarted = new SeriesStore(options, time, NullLogger<SeriesStore>.Instance);
    cpu = new CpuTime();
    watch = Stopwatch.StartNew();
    var read = restarted.ReadSnapshot(snapshot);
    Say($"restart: {read.Status}, {read.Series} series in {watch.Elapsed.TotalSeconds:F2} s, {cpu.Seconds:F2} s CPU; RSS {Mega(Environment.WorkingSet)} MB, of them {Mega(rss)} MB before");
    var again = new Scrapes(fleet, time, restarted);
    fleet.Advance(interval.TotalSeconds);
    time.Time += interval;
    cpu = new CpuTime();
    again.Cycle();
    Say($"first cycle after the restart: {cpu.Seconds:F2} s CPU, {restarted.SeriesCount} series; RSS {Mega(Environment.WorkingSet)} MB");
    return read.Status == SnapshotStatus.Restored && restarted.SeriesCount == seriesCount ? 0 : 1;
}

long Count(SeriesStore of)
{
    var window = new SampleWindow();
    var count = 0L;
    foreach (var series in of.FindSeries([], long.MinValue, long.MaxValue, CancellationToken.None))
    {
        window.Clear();
        series.Read(long.MinValue, long.MaxValue, window);
        count += window.Count;
    }

    return count;
}

void Read(SeriesStore of, string name, TimeSpan range)
{
    var now = time.Milliseconds + (long)interval.TotalMilliseconds;
    LabelMatcher[] matchers = [new(Labels.MetricName, MatchKind.Equal, name)];
    var window = new SampleWindow();
    for (var round = 0; round < 2; round++)
    {
        cpu = new CpuTime();
        var found = of.FindSeries(matchers, now - 300_000, now, CancellationToken.None);
        var last = 0;
        foreach (var series in found)
        {
            last += series.TryReadLast(now - 300_000, now, out _) ? 1 : 0;
        }

        var lastCpu = cpu.Seconds;
        cpu = new CpuTime();
        var read = 0L;
        foreach (var series in found)
        {
            window.Clear();
            series.Read(now - (long)range.TotalMilliseconds, now, window);
            read += window.Count;
        }

        var readCpu = cpu.Seconds;
        cpu = new CpuTime();
        var labels = found.Sum(static series => (long)series.Labels.Count);
        if (round > 0)
        {
            Say($"{name}: {found.Count} series; newest sample of each {lastCpu * 1000:F1} ms, {range.TotalMinutes} min of each ({read} samples) {readCpu * 1000:F1} ms, labels {cpu.Seconds * 1000:F1} ms");
        }
    }
}

static string Mega(long bytes) => (bytes / 1e6).ToString("F0", CultureInfo.InvariantCulture);

static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
