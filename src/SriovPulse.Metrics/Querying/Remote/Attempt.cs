using SriovPulse.Metrics.Querying.Remote.Answers;

namespace SriovPulse.Metrics.Querying.Remote;

/// <summary>What came of one attempt.</summary>
/// <param name="Answer">The answer; null when it failed.</param>
/// <param name="Failure">Why it failed.</param>
/// <param name="MayHelpAgain">Whether another attempt may succeed.</param>
/// <param name="RetryAfter">How long the server wants to be left alone.</param>
internal sealed record Attempt(AnswerEnvelope? Answer, RemoteQueryException? Failure, bool MayHelpAgain, TimeSpan? RetryAfter)
{
    public Attempt(AnswerEnvelope answer)
        : this(answer, null, false, null)
    {
    }

    public Attempt(RemoteQueryException failure, bool MayHelpAgain = false, TimeSpan? retryAfter = null)
        : this(null, failure, MayHelpAgain, retryAfter)
    {
    }
}
