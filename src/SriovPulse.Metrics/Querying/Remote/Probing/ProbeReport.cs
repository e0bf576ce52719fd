namespace SriovPulse.Metrics.Querying.Remote.Probing;

/// <summary>What a server does otherwise than SriovPulse's own engine.</summary>
/// <param name="Build">What it says it is; null when it does not say.</param>
/// <param name="Differences">Each difference that matters for the expressions asked about, in words; none when it does all as expected.</param>
public sealed record ProbeReport(BuildInformation? Build, IReadOnlyList<string> Differences);
