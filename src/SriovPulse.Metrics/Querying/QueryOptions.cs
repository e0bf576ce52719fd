namespace SriovPulse.Metrics.Querying;

/// <summary>How one query is answered; null is the source's default.</summary>
/// <param name="Timeout">How long it may take; never more than the source allows.</param>
/// <param name="Lookback">How old the sample of an instant selector may be.</param>
public readonly record struct QueryOptions(TimeSpan? Timeout = null, TimeSpan? Lookback = null);
