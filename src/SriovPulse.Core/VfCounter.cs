namespace SriovPulse.Core;

/// <summary>What a VF counts. Directions are the VF's own: receive is towards the VF.</summary>
public enum VfCounter
{
    /// <summary>Bytes received by the VF.</summary>
    ReceiveBytes,

    /// <summary>Bytes sent by the VF.</summary>
    TransmitBytes,

    /// <summary>Packets received by the VF.</summary>
    ReceivePackets,

    /// <summary>Packets sent by the VF.</summary>
    TransmitPackets,

    /// <summary>Broadcast packets received by the VF.</summary>
    ReceiveBroadcastPackets,

    /// <summary>Multicast packets received by the VF.</summary>
    ReceiveMulticastPackets,

    /// <summary>Packets for the VF that were dropped.</summary>
    ReceiveDroppedPackets,

    /// <summary>Packets from the VF that were dropped.</summary>
    TransmitDroppedPackets,
}
