namespace SriovPulse.Agent.DriverTables;

/// <summary>
/// Which private statistics of a driver (<c>ethtool -S</c>) count all good frames on the wire, PF and VFs together. Names in one list are added up.
/// </summary>
/// <param name="Driver">Kernel name of the driver bound to the PF.</param>
public sealed record PortStatistics(string Driver)
{
    /// <summary>Bytes from the wire.</summary>
    public required IReadOnlyList<string> ReceiveBytes { get; init; }

    /// <summary>Bytes onto the wire.</summary>
    public required IReadOnlyList<string> TransmitBytes { get; init; }

    /// <summary>Packets from the wire.</summary>
    public required IReadOnlyList<string> ReceivePackets { get; init; }

    /// <summary>Packets onto the wire.</summary>
    public required IReadOnlyList<string> TransmitPackets { get; init; }

    /// <summary>
    /// How often the values advance: zero when each read asks the hardware, else the driver's or firmware's own period, below which sampling shows
    /// bursts that are none; null where not established.
    /// </summary>
    public TimeSpan? RefreshPeriod { get; init; } = TimeSpan.Zero;

    /// <summary>
    /// Whether the standard <c>eth-mac</c> statistics of ethtool netlink tell the same four counters. Cheaper then: a driver fetches every private
    /// statistic for one GSTATS.
    /// </summary>
    public bool InStandardMacGroup { get; init; }
}
