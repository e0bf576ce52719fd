namespace SriovPulse.Agent.Sampling;

/// <summary>How long a sample of one source takes, and when one that was too expensive is tried again. Pure.</summary>
internal sealed class SamplingCost
{
    private const double LeastSecondsBetweenTrials = 60;
    private double _nextTrial = double.NegativeInfinity;

    /// <summary>Estimated seconds; falls slowly and rises at once. 0 when nothing is known yet, or when there is nothing to sample.</summary>
    public double Seconds { get; private set; }

    /// <summary>Takes in how long a sample took.</summary>
    public void Observe(double seconds) => Seconds = Math.Max(seconds, (Seconds * 0.9) + (seconds * 0.1));

    /// <summary>Whether a source that does not fit into the budget is to be measured once more: so rarely that this costs a tenth of the share at most.</summary>
    public bool IsTrialDue(double time, double share)
    {
        if (time < _nextTrial)
        {
            return false;
        }

        _nextTrial = time + Math.Max(LeastSecondsBetweenTrials, Seconds / (share * 0.1));
        Seconds = 0;
        return true;
    }
}
