namespace SriovPulse.PromQL.Functions;

/// <summary>A bucket of a classic histogram.</summary>
/// <param name="UpperBound">Its upper bound, included.</param>
/// <param name="Count">How many observations are no greater.</param>
internal record struct Bucket(double UpperBound, double Count);
