using SriovPulse.Agent.Tests.Exposition;

namespace SriovPulse.Agent.Tests.WholeAgent;

/// <summary>How the collectors say that they did.</summary>
internal static class CollectorStates
{
    private const string Success = "sriovpulse_agent_collector_success{collector=\"";

    /// <summary>Names of the collectors that failed or were not done.</summary>
    public static string[] FailedCollectors(this ExpositionDocument scrape) =>
    [
        .. from value in scrape.Values
           where value.Key.StartsWith(Success, StringComparison.Ordinal) && value.Value == "0"
           select value.Key[Success.Length..^2],
    ];

    public static void AssertCollectorsSucceed(this ExpositionDocument scrape) => Assert.Empty(scrape.FailedCollectors());
}
