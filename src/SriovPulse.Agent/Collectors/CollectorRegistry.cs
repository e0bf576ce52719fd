using SriovPulse.Agent.Collectors.Aer;
using SriovPulse.Agent.Collectors.Host;
using SriovPulse.Agent.Collectors.PhysicalFunctions;
using SriovPulse.Agent.Collectors.Saturation;
using SriovPulse.Agent.Collectors.Self;
using SriovPulse.Agent.Collectors.VfCounters;
using SriovPulse.Agent.Collectors.VirtualFunctions;
using SriovPulse.Agent.Collectors.Workloads;

namespace SriovPulse.Agent.Collectors;

/// <summary>Every collector, one line each, in the order of the exposition.</summary>
internal static class CollectorRegistry
{
    /// <summary>Name of the collector that needs the sampler.</summary>
    public const string Saturation = "saturation";

    /// <summary>Name of the collector that looks for owners.</summary>
    public const string Workloads = "workloads";

    /// <summary>Name of the collector of the ports' counters.</summary>
    public const string Ports = "ports";

    public static IReadOnlyList<CollectorRegistration> All { get; } =
    [
        new("vf-counters", true, "Bytes, packets and drops of each VF.", p => new VfCounterCollector(p.PfReadings)),
        new("virtual-functions", true, "What each VF is and how it is configured.", p => new VirtualFunctionCollector(p.PfReadings, p.Representors)),
        new("physical-functions", true, "PFs, their links and how many VFs they have.", p => new PhysicalFunctionCollector(p.PfReadings, p.PfFacts, p.Ownership, p.Options.Collectors.Contains(Ports), p.Options.PhysicalFunctions)),
        new(Ports, true, "What the wire carries, and discards by reason.", p => p.Ports),
        new(Saturation, true, "Time at the limit and peaks, sampled between scrapes.", p => new SaturationCollector(p.Sampler, p.Options.Sampler)),
        new("aer", true, "PCI Express errors of the PFs.", p => new AerCollector(p.OpenPciBus())),
        new(Workloads, true, "Who owns each VF: VM, pod or process.", p => new WorkloadCollector(p.Owners, p.OwnershipOptions)),
        new("host", true, "What the host is: name, memory, processors.", p => new HostCollector(p.Options.RootPath, p.Options.ControlAddress ?? string.Empty)),
        new("self", true, "What watching costs, and what could not be opened.", p => new SelfCollector(p.Rtnl, p.Events, p.Interfaces)),
    ];
}
