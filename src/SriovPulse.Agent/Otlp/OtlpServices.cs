using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SriovPulse.Agent.Configuration;
using SriovPulse.Agent.Exposition;
using SriovPulse.Agent.Serving;
using SriovPulse.Agent.Snapshots;

namespace SriovPulse.Agent.Otlp;

/// <summary>Makes the services that push, when the settings or the environment name an endpoint.</summary>
internal static class OtlpServices
{
    /// <summary>The push of the host's metrics and that of the program's own; none without an endpoint.</summary>
    /// <exception cref="OtlpConfigurationException">A setting cannot be used.</exception>
    public static IReadOnlyList<IHostedService> Create(AgentOptions options, ISnapshotSource source, AgentEnvironment environment, ProgramMetrics program)
    {
        if (options.Once || OtlpConfiguration.Resolve(options.Otlp, Environment.GetEnvironmentVariable) is not { } configuration)
        {
            return [];
        }

        var host = new HostIdentity(Environment.MachineName, ReadMachineId(options.RootPath));
        var version = BuildInfo.Current.Version;
        var resource = OtlpResource.Describe(host, version, BuildInfo.Current.Architecture == "x64" ? "amd64" : BuildInfo.Current.Architecture, configuration.ResourceAttributes);
        var logger = environment.Logging.CreateLogger<OtlpPushService>();

        // The seed only has to differ from host to host, so that a fleet does not push in step.
        var push = new OtlpPushService(configuration, resource, version, source, environment.Time, Environment.MachineName.GetHashCode(StringComparison.Ordinal), logger);
        program.Observe(push.Statistics);
        return [push, new OtlpProgramMetrics(configuration, resource, version)];
    }

    private static string? ReadMachineId(string root)
    {
        try
        {
            return File.ReadAllText(Path.Combine(root, "etc/machine-id")).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
