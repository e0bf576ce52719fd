using System.Buffers.Text;
using Prometheus;
using SriovPulse.Linux.Files;

namespace SriovPulse.Agent.Exposition;

/// <summary>
/// The <c>process_*</c> metrics that every Prometheus client library has, under their customary names, and how the garbage collector does.
/// Fields and units of the files: proc(5).
/// </summary>
internal sealed class ProcessMetrics : IDisposable
{
    // USER_HZ, the unit of times in /proc: 100 on every architecture that .NET runs on.
    private const double TicksPerSecond = 100;

    private readonly DirectoryHandle? _self = OpenSelf();
    private readonly Counter _cpu;
    private readonly Gauge _resident;
    private readonly Gauge _virtual;
    private readonly Gauge _openFiles;
    private readonly Gauge _heap;
    private readonly Counter.Child[] _collections;

    public ProcessMetrics(IMetricFactory factory)
    {
        _cpu = factory.CreateCounter("process_cpu_seconds_total", "CPU time spent by this process, user and system.");
        _resident = factory.CreateGauge("process_resident_memory_bytes", "Memory of this process that is in RAM.");
        _virtual = factory.CreateGauge("process_virtual_memory_bytes", "Address space of this process.");
        _openFiles = factory.CreateGauge("process_open_fds", "File descriptors that are open.");
        _heap = factory.CreateGauge("dotnet_total_memory_bytes", "Memory of the managed heap, free space in it included.");
        var collections = factory.CreateCounter("dotnet_collection_count_total", "Garbage collections.", ["generation"]);
        _collections = [.. Enumerable.Range(0, GC.MaxGeneration + 1).Select(generation => collections.WithLabels($"{generation}"))];
        if (MaxOpenFiles() is { } limit)
        {
            factory.CreateGauge("process_max_fds", "File descriptors that may be open.").Set(limit);
        }

        if (StartTime() is { } start)
        {
            factory.CreateGauge("process_start_time_seconds", "When this process started, Unix time.").Set(start);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _self?.Dispose();

    /// <summary>Reads the present values; what cannot be read keeps its last one.</summary>
    public void Update()
    {
        _cpu.IncTo(Environment.CpuUsage.TotalTime.TotalSeconds);
        _heap.Set(GC.GetTotalMemory(forceFullCollection: false));
        for (var generation = 0; generation < _collections.Length; generation++)
        {
            _collections[generation].IncTo(GC.CollectionCount(generation));
        }

        // statm: size and resident set, in pages.
        Span<byte> buffer = stackalloc byte[128];
        var statm = Read("/proc/self/statm", buffer);
        if (Utf8Parser.TryParse(statm, out long size, out var used) && Utf8Parser.TryParse(statm[Math.Min(used + 1, statm.Length)..], out long resident, out _))
        {
            _virtual.Set(size * (double)Environment.SystemPageSize);
            _resident.Set(resident * (double)Environment.SystemPageSize);
        }

        if (OpenFiles() is { } open)
        {
            _openFiles.Set(open);
        }
    }

    /// <summary>.NET's own enumeration asks for each descriptor's target, twice.</summary>
    private int? OpenFiles()
    {
        if (_self is null)
        {
            return null;
        }

        Span<byte> buffer = stackalloc byte[4096];
        using var entries = _self.Enumerate("fd"u8, buffer);
        var count = 0;
        while (entries.MoveNext())
        {
            count++;
        }

        // Less the one that counting opens.
        return entries.Status == ReadStatus.Ok ? count - 1 : null;
    }

    private static DirectoryHandle? OpenSelf()
    {
        try
        {
            return DirectoryHandle.Open("/proc/self");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static ReadOnlySpan<byte> Read(string path, Span<byte> buffer)
    {
        try
        {
            using var file = File.OpenHandle(path);
            return buffer[..RandomAccess.Read(file, buffer, 0)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static double? MaxOpenFiles()
    {
        Span<byte> buffer = stackalloc byte[4096];
        var text = Read("/proc/self/limits", buffer);
        var prefix = "Max open files"u8;
        var at = text.IndexOf(prefix);
        return at >= 0 && Utf8Parser.TryParse(text[(at + prefix.Length)..].TrimStart((byte)' '), out long soft, out _) ? soft : null;
    }

    private static double? StartTime()
    {
        // The command's name, second in stat, may hold spaces and parentheses: count the fields behind its end. starttime is the 22nd.
        Span<byte> buffer = stackalloc byte[1024];
        var stat = Read("/proc/self/stat", buffer);
        stat = stat[(stat.LastIndexOf((byte)')') + 1)..];
        for (var field = 3; field <= 22 && !stat.IsEmpty; field++)
        {
            stat = stat[(stat.IndexOf((byte)' ') + 1)..];
        }

        try
        {
            var boot = File.ReadLines("/proc/stat").FirstOrDefault(line => line.StartsWith("btime ", StringComparison.Ordinal));
            return boot is not null && Utf8Parser.TryParse(stat, out long ticks, out _)
                ? double.Parse(boot.AsSpan("btime ".Length), provider: System.Globalization.CultureInfo.InvariantCulture) + (ticks / TicksPerSecond)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
