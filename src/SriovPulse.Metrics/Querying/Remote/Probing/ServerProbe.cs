using SriovPulse.PromQL.Evaluation;

namespace SriovPulse.Metrics.Querying.Remote.Probing;

/// <summary>Asks a server what it is and how it does things.</summary>
/// <param name="server">The server.</param>
/// <param name="now">Milliseconds since 1970: servers may refuse times that lie too far back.</param>
internal sealed class ServerProbe(RemoteQueries server, long now)
{
    private const long Minute = 60_000;

    public async Task<ProbeReport> RunAsync(UsedFeatures used, CancellationToken cancellationToken)
    {
        var differences = new List<string>();
        var build = await TryBuildAsync(cancellationToken).ConfigureAwait(false);
        foreach (var probe in FeatureProbes.For(used))
        {
            if (await DifferenceAsync(probe, cancellationToken).ConfigureAwait(false) is { } difference)
            {
                differences.Add(difference);
            }
        }

        return new ProbeReport(build, differences);
    }

    private async Task<BuildInformation?> TryBuildAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await server.BuildInformationAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (RemoteRefusedException e) when (e.Status is 404 or 405)
        {
            return null;
        }
    }

    private async Task<string?> DifferenceAsync(FeatureProbe probe, CancellationToken cancellationToken)
    {
        try
        {
            // On a full minute, so that the steps of subqueries are known.
            var answer = await server.AskAsync(probe.Query, now - (now % Minute), cancellationToken).ConfigureAwait(false);
            return probe.ExpectsRefusal || (probe.Expected is { } expected && ValueOf(answer) != expected) ? probe.Otherwise : null;
        }
        catch (RemoteRefusedException e) when (e.Status is 400 or 422 or 200)
        {
            return probe.ExpectsRefusal ? null : $"{probe.Feature} is refused: {e.Message}";
        }
    }

    private static double? ValueOf(QueryValue value) => value switch
    {
        VectorValue { Samples: [var only] } => only.Value,
        ScalarValue scalar => scalar.Value,
        _ => null,
    };
}
