using System.Runtime.InteropServices;
using static SriovPulse.Linux.Interop.NetlinkConstants;
using static SriovPulse.Linux.Interop.RtnetlinkConstants;

namespace SriovPulse.Linux.Rtnetlink;

/// <summary>
/// Finds the true end of IFLA_VFINFO_LIST. With 222 VFs or more (335 without statistics) the list is longer than an attribute's 16-bit length
/// can say, and nla_nest_end() in include/net/netlink.h cuts the length off without an error: the reply is complete, only its length field is wrong.
/// </summary>
internal static class VfList
{
    /// <summary>Whether the attribute that comes next is the list.</summary>
    public static bool IsNext(ReadOnlySpan<byte> attributes) =>
        attributes.Length >= NLA_HDRLEN && (MemoryMarshal.Read<ushort>(attributes[2..]) & NLA_TYPE_MASK) == IFLA_VFINFO_LIST;

    /// <summary>Measures the list.</summary>
    /// <param name="attributes">From the list's header to the end of the message.</param>
    /// <param name="numVfs">IFLA_NUM_VF: the list cannot have more entries.</param>
    /// <returns>Its length with the header, or 0 when the length field is all there is to go by.</returns>
    public static int Measure(ReadOnlySpan<byte> attributes, int numVfs)
    {
        int stated = MemoryMarshal.Read<ushort>(attributes);
        var end = NLA_HDRLEN;
        var previous = -1;
        for (var count = 0; count < numVfs && TryEntry(attributes[end..], out var length, out var vf) && vf > previous && vf < numVfs; count++)
        {
            end += length;
            previous = (int)vf;
        }

        // The kernel cuts to 16 bits, so the true length agrees with the stated one in these: anything else is no VF list as we know it.
        return (ushort)end == stated ? end : 0;
    }

    /// <summary>Whether an IFLA_VF_INFO begins here: the kernel's rtnl_fill_vfinfo() puts the VF's IFLA_VF_MAC first into each.</summary>
    private static bool TryEntry(ReadOnlySpan<byte> attributes, out int length, out uint vf)
    {
        const int Smallest = NLA_HDRLEN + NLA_HDRLEN + IFLA_VF_MAC_SIZE;
        length = 0;
        vf = 0;
        if (attributes.Length < Smallest || MemoryMarshal.Read<ushort>(attributes[2..]) != IFLA_VF_INFO)
        {
            return false;
        }

        length = (MemoryMarshal.Read<ushort>(attributes) + 3) & ~3;
        vf = MemoryMarshal.Read<uint>(attributes[(NLA_HDRLEN + NLA_HDRLEN)..]);
        return length >= Smallest && length <= attributes.Length
            && MemoryMarshal.Read<ushort>(attributes[NLA_HDRLEN..]) == NLA_HDRLEN + IFLA_VF_MAC_SIZE
            && MemoryMarshal.Read<ushort>(attributes[(NLA_HDRLEN + 2)..]) == IFLA_VF_MAC;
    }
}
