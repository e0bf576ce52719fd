namespace SriovPulse.Agent.VfStatistics;

/// <summary>A VF's bytes at one instant.</summary>
/// <param name="Received">Bytes received.</param>
/// <param name="Transmitted">Bytes sent.</param>
/// <param name="IsKnown">Whether they could be read.</param>
internal readonly record struct VfBytes(ulong Received, ulong Transmitted, bool IsKnown);
