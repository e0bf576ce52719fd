namespace SriovPulse.Agent.Serving.WebConfig;

/// <summary>A token bucket over all requests.</summary>
/// <param name="Interval">A request may come in each interval.</param>
/// <param name="Burst">So many may come at once after a quiet time.</param>
internal sealed record RateLimit(TimeSpan Interval, int Burst);
