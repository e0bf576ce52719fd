using SriovPulse.Linux.Devlink;
using SriovPulse.Linux.Ethtool;

namespace SriovPulse.Agent.Inventory;

/// <summary>What is slow to ask of a PF and changes only with an event: kept between collections.</summary>
/// <param name="Driver">Driver and firmware version; null when the netdev does not tell.</param>
/// <param name="Modes">Speed and fastest mode; null when the netdev does not tell.</param>
/// <param name="Eswitch">Mode of the embedded switch.</param>
/// <param name="PcieBytesPerSecond">What the slot carries; null when not told.</param>
/// <param name="Bond">Bond that the netdev is a member of; null when in none.</param>
/// <param name="PortSource">Where the counters of the PF's port come from; empty when they are not known.</param>
internal sealed record PfFacts(DriverInformation? Driver, LinkModes? Modes, EswitchMode Eswitch, double? PcieBytesPerSecond, string? Bond, string PortSource)
{
    /// <summary>Nothing known.</summary>
    public static PfFacts Unknown { get; } = new(null, null, EswitchMode.NotTold, null, null, string.Empty);

    /// <summary>Speed of the link in bytes per second; null while it is down or not told.</summary>
    public double? SpeedBytesPerSecond => Modes?.SpeedMegabits * BytesPerMegabit;

    /// <summary>Speed of the fastest supported mode in bytes per second.</summary>
    public double? MaxSpeedBytesPerSecond => Modes?.FastestSupportedMegabits * BytesPerMegabit;

    private const double BytesPerMegabit = 1e6 / 8;
}
