using SriovPulse.Agent.Configuration;
using SriovPulse.Agent.Exposition;
using SriovPulse.Agent.Snapshots;

namespace SriovPulse.Agent.Serving;

/// <summary>Prints one exposition, for <c>--once</c>.</summary>
internal static class OnceOutput
{
    // Families that tell of the agent; all others are read from the host.
    private const string OwnPrefix = "sriovpulse_agent_";
    private const string SuccessFamily = "sriovpulse_agent_collector_success";

    /// <returns>0, or 1 when nothing could be read from the host.</returns>
    public static async Task<int> PrintAsync(AgentOptions options, ISnapshotSource source, AgentEnvironment environment, CancellationToken cancellationToken)
    {
        var renderer = new ExpositionRenderer(environment.Program, BuildInfo.Current, environment.Time, options.Web.OpenMetricsCreated);

        // Nobody waits with a timeout: the collectors' own bounds it.
        var patience = options.Collection.CollectorTimeout + TimeSpan.FromSeconds(1);
        var snapshot = await source.GetAsync(patience, cancellationToken).ConfigureAwait(false);
        try
        {
            var body = await renderer.RenderAsync(snapshot, ExpositionFormat.PrometheusText, cancellationToken).ConfigureAwait(false);
            foreach (var segment in body.Segments)
            {
                await environment.Output.WriteAsync(segment, cancellationToken).ConfigureAwait(false);
            }

            await environment.Output.FlushAsync(cancellationToken).ConfigureAwait(false);
            body.Release();
            if (TellsOfHost(snapshot))
            {
                return 0;
            }

            var failed = FailedCollectors(snapshot);
            await environment.Error.WriteLineAsync(failed.Count > 0
                ? $"sriovpulse-agent: nothing could be read from this host: {string.Join(", ", failed)} failed; the log above says why"
                : "sriovpulse-agent: nothing could be read from this host: no collector that is on found anything").ConfigureAwait(false);
            return 1;
        }
        finally
        {
            snapshot.Release();
        }
    }

    private static bool TellsOfHost(Snapshot snapshot) => snapshot.Sections.Any(section => section.Samples.Metrics.Families.Any(
        family => !family.Name.StartsWith(OwnPrefix, StringComparison.Ordinal) && section.Samples.Samples(family).Length > 0));

    private static List<string> FailedCollectors(Snapshot snapshot)
    {
        var failed = new List<string>();
        foreach (var section in snapshot.Sections)
        {
            foreach (var family in section.Samples.Metrics.Families.Where(family => family.Name == SuccessFamily))
            {
                foreach (ref readonly var sample in section.Samples.Samples(family))
                {
                    if (sample.Real == 0)
                    {
                        failed.AddRange(sample.Labels.Pairs.Where(pair => pair.Key == "collector").Select(pair => pair.Value));
                    }
                }
            }
        }

        return failed;
    }
}
