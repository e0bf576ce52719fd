using Microsoft.Extensions.Logging;
using SriovPulse.Agent.Collection;
using SriovPulse.Agent.Collectors;
using SriovPulse.Agent.Collectors.PhysicalFunctions;
using SriovPulse.Agent.Collectors.Ports;
using SriovPulse.Agent.Collectors.VirtualFunctions;
using SriovPulse.Agent.Configuration;
using SriovPulse.Agent.Inventory;
using SriovPulse.Agent.Logging;
using SriovPulse.Agent.Ownership;
using SriovPulse.Agent.PortStatistics;
using SriovPulse.Agent.Sampling;
using SriovPulse.Agent.VfStatistics;
using SriovPulse.Linux.Ethtool;
using SriovPulse.Linux.Files;
using SriovPulse.Linux.Netlink;
using SriovPulse.Linux.Sysfs;

namespace SriovPulse.Agent;

/// <summary>What the collectors are made of, opened once. An interface that this kernel lacks, or that may not be used, is told and done without.</summary>
internal sealed partial class AgentParts : IDisposable
{
    private readonly Stack<IDisposable> _opened = [];
    private readonly List<(string Interface, bool IsOpen)> _interfaces = [];
    private readonly KernelInterfaces _kernel;
    private CollectionRunner? _runner;

    /// <summary>Opens everything.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="time">Clock.</param>
    /// <param name="logging">Log.</param>
    /// <param name="kernel">How the kernel is reached; null for the running one's own interfaces.</param>
    /// <exception cref="IOException">The root cannot be opened.</exception>
    public AgentParts(AgentOptions options, TimeProvider time, ILoggerFactory logging, KernelInterfaces? kernel = null)
    {
        _kernel = kernel ?? KernelInterfaces.Real;
        Options = options;
        Time = time;
        Logger = logging.CreateLogger("collection");
        // Whoever asks once has no next collection to put right what came too late.
        OwnershipOptions = options.Once ? options.Ownership with { Patience = options.Ownership.Deadline } : options.Ownership;
        Owners = new OwnershipCache(options.RootPath, OwnershipOptions, time, logging.CreateLogger<OwnershipCache>());
        Ownership = options.Collectors.Contains(CollectorRegistry.Workloads) ? new CachedOwnership(Owners) : new NoOwnership();
        Root = Keep(OpenRoot(options.RootPath));
        Rtnl = new RtnlClock(time);
        Doors = new(
            Open("ethtool-ioctl", _kernel.EthtoolIoctl),
            Open("ethtool-netlink", _kernel.EthtoolNetlink),
            Open("devlink", _kernel.Devlink));
        PfFacts = Keep(new PfFactsDirectory(Root, Doors, Events, Rtnl, time));
        PfReadings = Keep(new PfReadings(Root, Open("rtnetlink", _kernel.Rtnetlink), PfFacts, Rtnl, time, new TroubleLog("link and VFs", Logger)));

        // A session of its own: the collector that asks for representors runs beside those that ask for the PFs' facts.
        var ports = Open("devlink-ports", _kernel.Devlink);
        Representors = new RepresentorDirectory(() => ports?.ReadPorts() ?? [], Events, time, new TroubleLog("representors", Logger));

        // A reader of its own for each thread that reads ports.
        Ports = new PortCollector(Keep(new PortReadings(Doors.Ioctl)), Rtnl, new TroubleLog("port counters", Logger));
        Sampler = new Sampler(PfReadings, Keep(new PortReadings(Doors.Ioctl, Open("ethtool-sampler", _kernel.EthtoolNetlink))), PfFacts, Rtnl, options.Sampler, time);
    }

    /// <summary>The settings.</summary>
    public AgentOptions Options { get; }

    /// <summary>Clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>Log.</summary>
    public ILogger Logger { get; }

    /// <summary>Root of the host's files.</summary>
    public DirectoryHandle Root { get; }

    /// <summary>What the kernel says has changed.</summary>
    public HostEvents Events { get; } = new();

    /// <summary>Time spent under RTNL.</summary>
    public RtnlClock Rtnl { get; }

    /// <summary>The kernel's interfaces beside rtnetlink.</summary>
    public KernelDoors Doors { get; }

    /// <summary>Shared readings of the PFs.</summary>
    public PfReadings PfReadings { get; }

    /// <summary>Kept facts of the PFs.</summary>
    public PfFactsDirectory PfFacts { get; }

    /// <summary>Which netdev represents which VF.</summary>
    public RepresentorDirectory Representors { get; }

    /// <summary>How owners are looked for.</summary>
    public OwnershipOptions OwnershipOptions { get; }

    /// <summary>Who owns which VF.</summary>
    public OwnershipCache Owners { get; }

    /// <summary>Counts owned VFs.</summary>
    public IVfOwnership Ownership { get; }

    /// <summary>The collector of the ports' counters.</summary>
    public PortCollector Ports { get; }

    /// <summary>The sampler.</summary>
    public Sampler Sampler { get; }

    /// <summary>Which interfaces of the kernel could be opened.</summary>
    public IReadOnlyList<(string Interface, bool IsOpen)> Interfaces => _interfaces;

    /// <summary>A view of the PCI functions for one thread.</summary>
    public PciBus OpenPciBus() => Keep(new PciBus(Root));

    /// <summary>Makes the collectors that are on and starts to collect on demand.</summary>
    public CollectionRunner Start()
    {
        // Before the collectors: one of them tells which interfaces could be opened.
        var inventory = Keep(new InventoryReader(Root, Open("rtnetlink-inventory", _kernel.Rtnetlink), Events, Options.PhysicalFunctions, Time));
        var collectors = CollectorRegistry.All.Where(r => Options.Collectors.Contains(r.Name)).Select(r => r.Create(this)).ToList();
        _runner = Keep(new CollectionRunner(inventory, collectors, Options.Collection, Time, Logger));
        Keep(_kernel.Listen(Events, Logger));
        if (Options.Collectors.Contains(CollectorRegistry.Saturation) && !Options.Once)
        {
            Keep(new SamplerThread(Sampler, () => _runner.Inventory, Logger));
        }

        return _runner;
    }

    /// <summary>Closes everything, the last opened first.</summary>
    public void Dispose()
    {
        while (_opened.TryPop(out var part))
        {
            part.Dispose();
        }
    }

    private static DirectoryHandle OpenRoot(string path)
    {
        try
        {
            return DirectoryHandle.Open(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"--path.rootfs {path}: {e.Message}; give the directory below which the host's /sys and /proc are", e);
        }
    }

    private T Keep<T>(T part)
        where T : IDisposable
    {
        _opened.Push(part);
        return part;
    }

    private T? Open<T>(string name, Func<T> open)
        where T : class, IDisposable
    {
        try
        {
            var part = Keep(open());
            _interfaces.Add((name, true));
            return part;
        }
        catch (Exception e) when (e is NetlinkException or EthtoolException)
        {
            _interfaces.Add((name, false));
            InterfaceMissing(Logger, name, e.Message);
            return null;
        }
    }

    [LoggerMessage(140, LogLevel.Warning, "kernel interface {Interface} cannot be used, and what it tells will be absent: {Reason}")]
    private static partial void InterfaceMissing(ILogger logger, string @interface, string reason);
}
