using SriovPulse.Agent.Metrics;

namespace SriovPulse.Agent.Snapshots;

/// <summary>What one collector contributed to a snapshot.</summary>
/// <param name="Collector">The collector's name.</param>
/// <param name="Samples">Its samples; not to be written to any more.</param>
public readonly record struct SnapshotSection(string Collector, SampleBuffer Samples);
