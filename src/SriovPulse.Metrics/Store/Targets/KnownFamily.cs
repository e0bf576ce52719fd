namespace SriovPulse.Metrics.Store.Targets;

/// <summary>Metadata, and the bytes by which a target's saying the same again is noticed.</summary>
internal sealed record KnownFamily(MetricMetadata Metadata, byte[] Key);
