namespace SriovPulse.Agent.Serving.WebConfig;

/// <summary>Admits requests at a limited rate.</summary>
internal sealed class TokenBucket(RateLimit limit, TimeProvider time)
{
    private readonly Lock _gate = new();
    private double _tokens = limit.Burst;
    private long _filled = time.GetTimestamp();

    /// <summary>What it limits to.</summary>
    public RateLimit Limit { get; } = limit;

    /// <summary>Takes a token; false when there is none.</summary>
    public bool TryTake()
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            _tokens = Math.Min(Limit.Burst, _tokens + (time.GetElapsedTime(_filled, now) / Limit.Interval));
            _filled = now;
            if (_tokens < 1)
            {
                return false;
            }

            _tokens--;
            return true;
        }
    }
}
