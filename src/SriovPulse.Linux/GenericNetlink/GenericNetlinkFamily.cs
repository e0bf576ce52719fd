using SriovPulse.Linux.Netlink;

namespace SriovPulse.Linux.GenericNetlink;

/// <summary>A generic netlink family of the running kernel.</summary>
/// <param name="Name">Its name, for example <c>ethtool</c>.</param>
/// <param name="Id">Message type that it was given; changes when its module is loaded anew.</param>
/// <param name="Version">Version of its interface.</param>
/// <param name="MulticastGroups">Ids of its multicast groups by name.</param>
public sealed record GenericNetlinkFamily(string Name, ushort Id, byte Version, IReadOnlyDictionary<string, uint> MulticastGroups)
{
    /// <summary>Starts a request to this family: the message's header and the generic netlink header. Attributes follow.</summary>
    public void Begin(NetlinkRequest request, byte command, NetlinkFlags flags = NetlinkFlags.None)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Begin(Id, flags);
        request.Append([command, Version, 0, 0]);
    }
}
