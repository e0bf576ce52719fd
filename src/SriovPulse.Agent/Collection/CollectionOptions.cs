namespace SriovPulse.Agent.Collection;

/// <summary>How collections are shared and bounded.</summary>
/// <param name="MaxAge">A snapshot not older than this is given out again instead of reading the host anew.</param>
/// <param name="CollectorTimeout">How long one collector may take before the snapshot goes out without it.</param>
public sealed record CollectionOptions(TimeSpan MaxAge, TimeSpan CollectorTimeout)
{
    /// <summary>One second of sharing, five seconds of patience.</summary>
    public static CollectionOptions Default { get; } = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));
}
