namespace SriovPulse.Linux.Ethtool;

/// <summary>
/// The statistics of IEEE 802.3 and RFC 2819 (RMON) that ethtool netlink tells with one meaning across drivers. The value is the kernel's group times
/// 32 plus its number within the group (include/uapi/linux/ethtool_netlink.h).
/// </summary>
public enum StandardStatistic
{
    /// <summary>802.3 aSymbolErrorDuringCarrier.</summary>
    SymbolErrors = 0,

    /// <summary>802.3 aFramesTransmittedOK.</summary>
    FramesTransmitted = 32,

    /// <summary>802.3 aSingleCollisionFrames.</summary>
    SingleCollisions = 33,

    /// <summary>802.3 aMultipleCollisionFrames.</summary>
    MultipleCollisions = 34,

    /// <summary>802.3 aFramesReceivedOK.</summary>
    FramesReceived = 35,

    /// <summary>802.3 aFrameCheckSequenceErrors.</summary>
    FrameCheckSequenceErrors = 36,

    /// <summary>802.3 aAlignmentErrors.</summary>
    AlignmentErrors = 37,

    /// <summary>802.3 aOctetsTransmittedOK.</summary>
    OctetsTransmitted = 38,

    /// <summary>802.3 aFramesWithDeferredXmissions.</summary>
    DeferredTransmissions = 39,

    /// <summary>802.3 aLateCollisions.</summary>
    LateCollisions = 40,

    /// <summary>802.3 aFramesAbortedDueToXSColls.</summary>
    ExcessiveCollisions = 41,

    /// <summary>802.3 aFramesLostDueToIntMACXmitError.</summary>
    TransmitInternalErrors = 42,

    /// <summary>802.3 aCarrierSenseErrors.</summary>
    CarrierSenseErrors = 43,

    /// <summary>802.3 aOctetsReceivedOK.</summary>
    OctetsReceived = 44,

    /// <summary>802.3 aFramesLostDueToIntMACRcvError.</summary>
    ReceiveInternalErrors = 45,

    /// <summary>802.3 aMulticastFramesXmittedOK.</summary>
    MulticastFramesTransmitted = 46,

    /// <summary>802.3 aBroadcastFramesXmittedOK.</summary>
    BroadcastFramesTransmitted = 47,

    /// <summary>802.3 aFramesWithExcessiveDeferral.</summary>
    ExcessiveDeferrals = 48,

    /// <summary>802.3 aMulticastFramesReceivedOK.</summary>
    MulticastFramesReceived = 49,

    /// <summary>802.3 aBroadcastFramesReceivedOK.</summary>
    BroadcastFramesReceived = 50,

    /// <summary>802.3 aInRangeLengthErrors.</summary>
    InRangeLengthErrors = 51,

    /// <summary>802.3 aOutOfRangeLengthField.</summary>
    OutOfRangeLengths = 52,

    /// <summary>802.3 aFrameTooLongErrors.</summary>
    FrameTooLongErrors = 53,

    /// <summary>802.3 aMACControlFramesTransmitted.</summary>
    ControlFramesTransmitted = 64,

    /// <summary>802.3 aMACControlFramesReceived.</summary>
    ControlFramesReceived = 65,

    /// <summary>802.3 aUnsupportedOpcodesReceived.</summary>
    UnsupportedOpcodesReceived = 66,

    /// <summary>RMON etherStatsUndersizePkts.</summary>
    UndersizePackets = 96,

    /// <summary>RMON etherStatsOversizePkts.</summary>
    OversizePackets = 97,

    /// <summary>RMON etherStatsFragments.</summary>
    Fragments = 98,

    /// <summary>RMON etherStatsJabbers.</summary>
    Jabbers = 99,
}
