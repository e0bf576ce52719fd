using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SriovPulse.Agent.Exposition;

namespace SriovPulse.Agent.Serving;

/// <summary>What the agent's parts share besides options.</summary>
/// <param name="Logging">The log.</param>
/// <param name="Program">The program's own metrics.</param>
/// <param name="Time">The clock.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record AgentEnvironment(ILoggerFactory Logging, ProgramMetrics Program, TimeProvider Time, Stream Output, TextWriter Error)
{
    /// <summary>Further consumers of snapshots, which run as long as the agent serves.</summary>
    public IReadOnlyList<IHostedService> Services { get; init; } = [];
}
