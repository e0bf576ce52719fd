using SriovPulse.Agent.Metrics;
using SriovPulse.Linux.Proc;

namespace SriovPulse.Agent.Collectors.Host;

/// <summary>Exports the host's identity, memory and CPUs. What cannot be read is absent.</summary>
public sealed class HostCollector : ICollector
{
    // The lines wanted of meminfo are the first and the third of some 1.5 kB.
    private const int MaxFile = 4096;

    private readonly HostMetrics _metrics = new();
    private readonly HostIdentity _identity;
    private readonly SmallFile _memory;
    private readonly SmallFile _cpus;

    /// <summary>Makes the collector; reads nothing yet.</summary>
    /// <param name="rootfs">The root below which all files are.</param>
    /// <param name="controlAddress">Where this host's control process listens; empty when it has none.</param>
    public HostCollector(string rootfs, string controlAddress = "")
    {
        _identity = new(rootfs, controlAddress);
        _memory = new(Path.Combine(rootfs, "proc/meminfo"));
        _cpus = new(Path.Combine(rootfs, "sys/devices/system/cpu/online"));
    }

    /// <inheritdoc/>
    public string Name => "host";

    /// <inheritdoc/>
    public MetricSet Metrics => _metrics;

    /// <inheritdoc/>
    public CollectOutcome Collect(CollectionContext context, SampleBuffer samples)
    {
        _identity.Refresh();
        if (_identity.IsKnown)
        {
            samples.AddOne(_metrics.Identity, _identity.Labels);
        }

        Span<byte> buffer = stackalloc byte[MaxFile];
        _ = _memory.Read(buffer, out var length);
        var memory = buffer[..length];
        if (MemoryInfo.TryGet(memory, "MemTotal:"u8, out var total))
        {
            samples.Add(_metrics.MemoryTotal, LabelSet.Empty, total);
        }

        if (MemoryInfo.TryGet(memory, "MemAvailable:"u8, out var available))
        {
            samples.Add(_metrics.MemoryAvailable, LabelSet.Empty, available);
        }

        _ = _cpus.Read(buffer, out length);
        if (CpuList.TryCount(buffer[..length], out var cpus))
        {
            samples.Add(_metrics.Cpus, LabelSet.Empty, (ulong)cpus);
        }

        return _identity.IsKnown || memory.Length > 0 || length > 0 ? CollectOutcome.Collected : CollectOutcome.NoData;
    }
}
