namespace SriovPulse.Agent.Otlp.Transport;

/// <summary>How long to leave a server alone that did not take a request: what it asked for, else exponentially longer, with jitter so that a fleet does not come at once.</summary>
/// <param name="random">Source of the jitter.</param>
internal sealed class RetryDelay(Random random)
{
    /// <summary>A server that asks for more is not believed: the answer is more likely a mistake than a plan.</summary>
    public static TimeSpan LongestRequested { get; } = TimeSpan.FromHours(1);

    private static readonly TimeSpan s_shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(1);

    private int _failures;

    /// <summary>The delay after one more failure.</summary>
    public TimeSpan Next(TimeSpan? requested)
    {
        var grown = s_shortest * Math.Pow(2, Math.Min(_failures++, 16));
        var own = (grown < s_longest ? grown : s_longest) * (0.5 + (0.5 * random.NextDouble()));

        // Never earlier than asked for; a little later, differently on each host.
        var asked = requested is { } delay ? (delay < LongestRequested ? delay : LongestRequested) * (1 + (0.1 * random.NextDouble())) : TimeSpan.Zero;
        return asked > own ? asked : own;
    }

    /// <summary>A request was answered: begin anew.</summary>
    public void Reset() => _failures = 0;
}
