using SriovPulse.Linux.Files;

namespace SriovPulse.Linux.Sysfs;

/// <summary>A netdev's part in a bond (<c>bonding_slave/</c>).</summary>
/// <param name="State">"active" or "backup".</param>
/// <param name="MiiStatus">"up", "going down", "down" or "going back".</param>
/// <param name="LinkFailures">How often the bond saw its link fail.</param>
public readonly record struct BondSlave(FileValue<string> State, FileValue<string> MiiStatus, FileValue<ulong> LinkFailures);
