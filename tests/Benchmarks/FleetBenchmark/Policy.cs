namespace SriovPulse.Benchmarks.Fleets;

/// <summary>A policy's condition.</summary>
/// <param name="Name">What it looks for.</param>
/// <param name="Expression">PromQL.</param>
internal sealed record Policy(string Name, string Expression);
