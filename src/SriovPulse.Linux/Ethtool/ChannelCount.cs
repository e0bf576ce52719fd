namespace SriovPulse.Linux.Ethtool;

/// <summary>How many channels (interrupt and queues) of one kind a netdev uses. Null where the driver has none of the kind.</summary>
/// <param name="Current">In use.</param>
/// <param name="Maximum">The most there can be.</param>
public readonly record struct ChannelCount(uint? Current, uint? Maximum);
