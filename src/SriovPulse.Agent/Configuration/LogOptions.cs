using Microsoft.Extensions.Logging;

namespace SriovPulse.Agent.Configuration;

/// <summary>What goes to the log and in which form.</summary>
internal sealed record LogOptions
{
    public LogLevel Level { get; init; } = LogLevel.Information;

    public LogFormat Format { get; init; } = LogFormat.Logfmt;
}
