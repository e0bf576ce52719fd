using System.Runtime.InteropServices;
using SriovPulse.Linux.Netlink;
using static SriovPulse.Linux.Interop.RtnetlinkConstants;

namespace SriovPulse.Linux.Rtnetlink;

/// <summary>A notification that a link appeared, changed or went.</summary>
/// <param name="IfIndex">The link's index.</param>
/// <param name="IsRemoval">Whether it went.</param>
public readonly record struct LinkChange(int IfIndex, bool IsRemoval)
{
    /// <summary>Subscribes to links' changes in this network namespace.</summary>
    /// <exception cref="NetlinkException">No descriptor is left, or the process may not.</exception>
    public static NetlinkSubscription Subscribe() => NetlinkSubscription.Open(NetlinkProtocol.Route, [RTNLGRP_LINK]);

    /// <summary>Adds the changes that a notification tells of to <paramref name="changes"/>.</summary>
    /// <exception cref="NetlinkFormatException">The datagram is no netlink.</exception>
    public static void Parse(ReadOnlySpan<byte> datagram, ICollection<LinkChange> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        while (NetlinkMessage.TryTake(ref datagram, out var message))
        {
            if (message.Type is not (RTM_NEWLINK or RTM_DELLINK))
            {
                continue;
            }

            if (message.Payload.Length < IFINFOMSG_SIZE)
            {
                throw new NetlinkFormatException($"a link message has a payload of {message.Payload.Length} bytes");
            }

            // A link that leaves a bridge is announced as RTM_DELLINK too, of family AF_BRIDGE (br_ifinfo_notify in net/bridge/br_netlink.c).
            var isRemoval = message.Type == RTM_DELLINK && message.Payload[0] == AF_UNSPEC;
            changes.Add(new LinkChange(MemoryMarshal.Read<int>(message.Payload[IFI_INDEX_OFFSET..]), isRemoval));
        }
    }
}
