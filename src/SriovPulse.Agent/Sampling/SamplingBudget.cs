namespace SriovPulse.Agent.Sampling;

/// <summary>
/// Decides how often to sample and what to leave out, so that the time spent in the kernel stays under a share of all time. Pure.
/// </summary>
/// <param name="Share">Largest share of time to spend, 0 to 1.</param>
/// <param name="Shortest">Sampling is never faster than this.</param>
/// <param name="Longest">What could only be sampled more slowly than this is left out: absent rather than slow.</param>
internal sealed record SamplingBudget(double Share, TimeSpan Shortest, TimeSpan Longest)
{
    /// <summary>
    /// Chooses the sources that fit into the budget together and the interval for all of them. The most expensive are left out first, so that one slow
    /// device does not take the others' place.
    /// </summary>
    /// <param name="costs">Seconds that one sample of each source takes.</param>
    /// <param name="chosen">Receives whether each source is sampled; as long as <paramref name="costs"/>.</param>
    /// <returns>The interval between two samples of every chosen source.</returns>
    public TimeSpan Choose(ReadOnlySpan<double> costs, Span<bool> chosen)
    {
        chosen[..costs.Length].Fill(true);
        var total = 0.0;
        foreach (var cost in costs)
        {
            total += cost;
        }

        while (total > Longest.TotalSeconds * Share)
        {
            var worst = -1;
            for (var i = 0; i < costs.Length; i++)
            {
                if (chosen[i] && (worst < 0 || costs[i] > costs[worst]))
                {
                    worst = i;
                }
            }

            if (worst < 0)
            {
                break;
            }

            chosen[worst] = false;
            total -= costs[worst];
        }

        var needed = TimeSpan.FromTicks((long)Math.Ceiling(Math.Max(0, total) / Share * TimeSpan.TicksPerSecond));
        return needed < Shortest ? Shortest : needed;
    }
}
