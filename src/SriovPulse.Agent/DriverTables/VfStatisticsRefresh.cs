namespace SriovPulse.Agent.DriverTables;

/// <summary>When a driver brings its VFs' counters up to date: reading them more often shows bursts that are none.</summary>
public enum VfStatisticsRefresh
{
    /// <summary>At a time of its own, or it is not established when.</summary>
    Unknown,

    /// <summary>When they are read.</summary>
    AtRead,

    /// <summary>When the port's statistics (ethtool's private ones) are read.</summary>
    WithPort,
}
