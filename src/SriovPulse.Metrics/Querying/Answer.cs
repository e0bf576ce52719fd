namespace SriovPulse.Metrics.Querying;

/// <summary>What a source answered, and its remarks on it.</summary>
/// <typeparam name="T">What was asked for.</typeparam>
/// <param name="Value">The answer.</param>
/// <param name="Warnings">
/// Why it may be wrong or incomplete. A server that asks others says here that some of them did not answer: then what is missing is not known
/// to be absent.
/// </param>
/// <param name="Infos">Why it may be other than what was meant.</param>
public sealed record Answer<T>(T Value, IReadOnlyList<string> Warnings, IReadOnlyList<string> Infos)
{
    /// <summary>An answer without remarks.</summary>
    public Answer(T value)
        : this(value, [], [])
    {
    }
}
