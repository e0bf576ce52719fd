using SriovPulse.Agent.Collection;
using SriovPulse.Agent.Otlp;
using SriovPulse.Agent.Ownership;

namespace SriovPulse.Agent.Configuration;

/// <summary>All that the command line and the configuration file say, complete with defaults. Immutable.</summary>
internal sealed record AgentOptions
{
    public WebOptions Web { get; init; } = new();

    /// <summary>Where the host's files are: <c>/</c>, or the mount of the host's root in a container.</summary>
    public string RootPath { get; init; } = "/";

    /// <summary>Print one exposition and exit.</summary>
    public bool Once { get; init; }

    public LogOptions Log { get; init; } = new();

    public CollectionOptions Collection { get; init; } = CollectionOptions.Default;

    public SamplerOptions Sampler { get; init; } = new();

    public OtlpOptions Otlp { get; init; } = new();

    /// <summary>Where this host's control process is reached, told in <c>sriov_host_info</c>; null when there is none.</summary>
    public string? ControlAddress { get; init; }

    /// <summary>What is asked for owners of VFs.</summary>
    public OwnershipOptions Ownership { get; init; } = new();

    public PhysicalFunctionOptions PhysicalFunctions { get; init; } = new();

    /// <summary>Names of the collectors that are on.</summary>
    public IReadOnlySet<string> Collectors { get; init; } = new HashSet<string>();
}
