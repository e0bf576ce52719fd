namespace SriovPulse.Metrics.Querying.Remote.Probing;

/// <summary>A small query that tells how a server does one thing.</summary>
/// <param name="Query">The query.</param>
/// <param name="Feature">What is probed, as the subject of "… is refused".</param>
internal sealed record FeatureProbe(string Query, string Feature)
{
    /// <summary>The value that SriovPulse's engine yields; null when any answer will do.</summary>
    public double? Expected { get; init; }

    /// <summary>What another value, or none, means.</summary>
    public string Otherwise { get; init; } = string.Empty;

    /// <summary>Whether it is a refusal that is expected, and an answer that means something else.</summary>
    public bool ExpectsRefusal { get; init; }
}
