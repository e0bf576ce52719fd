using SriovPulse.Agent.VfStatistics;
using SriovPulse.Linux.Rtnetlink;

namespace SriovPulse.Agent.Collectors.VirtualFunctions;

/// <summary>What of a VF's info labels can change without the inventory changing.</summary>
internal readonly struct VfIdentity(bool told, in VfReading config, VfStatisticsSource source, string? representor)
{
    public bool Told { get; } = told;

    public VfReading Config { get; } = config;

    public VfStatisticsSource Source { get; } = source;

    public string? Representor { get; } = representor;

    public bool Equals(in VfIdentity other) =>
        Told == other.Told && Source == other.Source && Representor == other.Representor && Config.Mac == other.Config.Mac
        && Config.Vlan == other.Config.Vlan && Config.VlanProtocol == other.Config.VlanProtocol && Config.Trust == other.Config.Trust
        && Config.SpoofCheck == other.Config.SpoofCheck && Config.LinkState == other.Config.LinkState;
}
