namespace SriovPulse.Linux.Netlink;

/// <summary>Takes one message of a reply. The message is only valid during the call; the session must not be used in it.</summary>
public delegate void NetlinkMessageHandler<in TState>(TState state, NetlinkMessage message)
    where TState : allows ref struct;
