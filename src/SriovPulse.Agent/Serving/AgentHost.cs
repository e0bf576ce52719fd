using Microsoft.Extensions.Logging;
using SriovPulse.Agent.Configuration;
using SriovPulse.Agent.Snapshots;

namespace SriovPulse.Agent.Serving;

/// <summary>Runs the agent on a source of snapshots.</summary>
internal static class AgentHost
{
    /// <summary>Serves until told to stop, or prints one exposition when the options say so.</summary>
    /// <returns>Exit code.</returns>
    /// <exception cref="ConfigurationException">The web configuration cannot be used.</exception>
    /// <exception cref="IOException">An address cannot be listened on.</exception>
    public static async Task<int> RunAsync(AgentOptions options, ISnapshotSource source, AgentEnvironment environment, CancellationToken stop)
    {
        if (options.Once)
        {
            return await OnceOutput.PrintAsync(options, source, environment, stop).ConfigureAwait(false);
        }

        try
        {
            var server = await AgentServer.StartAsync(options, source, environment, stop).ConfigureAwait(false);
            await using (server.ConfigureAwait(false))
            {
                using var end = CancellationTokenSource.CreateLinkedTokenSource(stop, server.Stopping);
                await Task.Delay(Timeout.Infinite, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        catch (OperationCanceledException)
        {
            // Told to stop, or a service failed, while starting.
        }

        ServingLog.Stopped(environment.Logging.CreateLogger(typeof(AgentHost)));
        return stop.IsCancellationRequested ? 0 : 1;
    }
}
