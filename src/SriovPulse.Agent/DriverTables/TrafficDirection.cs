namespace SriovPulse.Agent.DriverTables;

/// <summary>Direction of a port's traffic, as the host sees it.</summary>
public enum TrafficDirection
{
    /// <summary>From the wire.</summary>
    Receive,

    /// <summary>Onto the wire.</summary>
    Transmit,
}
