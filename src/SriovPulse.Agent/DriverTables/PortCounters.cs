using SriovPulse.Linux.Ethtool;

namespace SriovPulse.Agent.DriverTables;

/// <summary>What a port has carried, PF and VFs together. A counter that the driver does not tell is null.</summary>
/// <param name="ReceiveBytes">Bytes from the wire.</param>
/// <param name="TransmitBytes">Bytes onto the wire.</param>
/// <param name="ReceivePackets">Packets from the wire.</param>
/// <param name="TransmitPackets">Packets onto the wire.</param>
public readonly record struct PortCounters(ulong? ReceiveBytes, ulong? TransmitBytes, ulong? ReceivePackets, ulong? TransmitPackets)
{
    /// <summary>Whether no counter is present.</summary>
    public bool IsEmpty => ReceiveBytes is null && TransmitBytes is null && ReceivePackets is null && TransmitPackets is null;

    /// <summary>Whether every counter that is present reads zero.</summary>
    public bool IsAllZero => (ReceiveBytes ?? 0) == 0 && (TransmitBytes ?? 0) == 0 && (ReceivePackets ?? 0) == 0 && (TransmitPackets ?? 0) == 0;

    /// <summary>The counters from the standard MAC statistics, for drivers with <see cref="PortStatistics.InStandardMacGroup"/>.</summary>
    public static PortCounters OfStandardMac(StandardStatistics statistics) => new(
        Value(statistics, StandardStatistic.OctetsReceived),
        Value(statistics, StandardStatistic.OctetsTransmitted),
        Value(statistics, StandardStatistic.FramesReceived),
        Value(statistics, StandardStatistic.FramesTransmitted));

    private static ulong? Value(StandardStatistics statistics, StandardStatistic statistic) =>
        statistics.TryGet(statistic, out var value) ? value : null;
}
