using SriovPulse.PromQL.Parsing;

namespace SriovPulse.PromQL.Evaluation;

/// <summary>Counts what an evaluation holds, and ends it when that or its time is more than allowed, or when the caller wants it to end.</summary>
internal sealed class EvaluationBudget(QueryLimits limits, TimeProvider clock, CancellationToken cancellationToken)
{
    // Between two looks at the clock lie some tens of microseconds.
    private const int SeriesPerLook = 256;

    // What is held is held in arrays, so there is an end even without a limit.
    private readonly long _most = Math.Min(limits.MaxSamples, Array.MaxLength);
    private readonly long _started = clock.GetTimestamp();
    private int _untilLook;

    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>Samples held now.</summary>
    public long Held { get; private set; }

    /// <summary>Sets what is held after a node was evaluated.</summary>
    public void Hold(long before, long result, TextRange range)
    {
        Held = before;
        Reserve(result, range);
        Held = before + result;
    }

    /// <summary>Ends the query if it cannot hold so many samples more.</summary>
    public void Reserve(long samples, TextRange range)
    {
        if (Held + samples > _most)
        {
            throw new QueryLimitException(
                $"query processing would load too many samples into memory: more than the limit of {_most}; select fewer series, a shorter range or a longer step", range);
        }
    }

    /// <summary>Called for each series.</summary>
    public void Tick(TextRange range)
    {
        if (--_untilLook >= 0)
        {
            return;
        }

        Look(range);
    }

    /// <summary>Looks at the clock and the caller's wish.</summary>
    public void Look(TextRange range)
    {
        _untilLook = SeriesPerLook;
        if (cancellationToken.IsCancellationRequested)
        {
            throw new QueryCanceledException(range);
        }

        if (clock.GetElapsedTime(_started) > limits.Timeout)
        {
            throw new QueryTimeoutException($"query timed out after {limits.Timeout.TotalSeconds} s", range);
        }
    }
}
