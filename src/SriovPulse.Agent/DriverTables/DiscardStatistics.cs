namespace SriovPulse.Agent.DriverTables;

/// <summary>The discard statistics of a driver.</summary>
/// <param name="Driver">Kernel name of the driver bound to the PF.</param>
/// <param name="Receive">Statistics of received frames and their reasons.</param>
/// <param name="Transmit">Statistics of frames to be sent and their reasons.</param>
public sealed record DiscardStatistics(
    string Driver,
    IReadOnlyList<(string Name, DiscardReason Reason)> Receive,
    IReadOnlyList<(string Name, DiscardReason Reason)> Transmit)
{
    /// <summary>Both directions.</summary>
    public IReadOnlyList<DiscardStatistic> All { get; } =
    [
        .. Receive.Select(entry => new DiscardStatistic(entry.Name, TrafficDirection.Receive, entry.Reason)),
        .. Transmit.Select(entry => new DiscardStatistic(entry.Name, TrafficDirection.Transmit, entry.Reason)),
    ];
}
