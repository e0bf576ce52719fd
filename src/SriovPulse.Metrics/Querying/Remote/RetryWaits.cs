namespace SriovPulse.Metrics.Querying.Remote;

/// <summary>How long to wait before the next attempt: what the server asked for, else longer each time, with jitter so that a fleet of callers does not come at once.</summary>
/// <param name="random">Source of the jitter.</param>
/// <param name="longest">The longest wait.</param>
internal sealed class RetryWaits(Random random, TimeSpan longest)
{
    private static readonly TimeSpan s_shortest = TimeSpan.FromMilliseconds(250);

    /// <summary>The wait after a failure; null when the server asks for more than is granted.</summary>
    /// <param name="failures">How many attempts have failed, from 1.</param>
    /// <param name="requested">What the server asked for.</param>
    public TimeSpan? After(int failures, TimeSpan? requested)
    {
        if (requested > longest)
        {
            return null;
        }

        var grown = s_shortest * Math.Pow(2, Math.Min(failures - 1, 20));
        double jitter;
        lock (random)
        {
            jitter = random.NextDouble();
        }

        var own = (grown < longest ? grown : longest) * (0.5 + (0.5 * jitter));
        return requested is { } asked && asked > own ? asked : own;
    }
}
