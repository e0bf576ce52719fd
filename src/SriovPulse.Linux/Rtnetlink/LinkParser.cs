using System.Runtime.InteropServices;
using SriovPulse.Core;
using SriovPulse.Linux.Netlink;
using static SriovPulse.Linux.Interop.NetlinkConstants;
using static SriovPulse.Linux.Interop.RtnetlinkConstants;

namespace SriovPulse.Linux.Rtnetlink;

/// <summary>Reads RTM_NEWLINK messages. Pure: bytes in, values out.</summary>
public static class LinkParser
{
    /// <summary>Reads a message into <paramref name="link"/>, replacing all that it held.</summary>
    /// <exception cref="NetlinkFormatException">The bytes are no such message; <paramref name="link"/> is then of no use.</exception>
    public static void Parse(NetlinkMessage message, LinkReading link)
    {
        ArgumentNullException.ThrowIfNull(link);
        if (message.Type != RTM_NEWLINK)
        {
            throw new NetlinkFormatException($"message type {message.Type} where a link was expected");
        }

        Parse(message.Payload, link);
    }

    /// <summary>Reads a message's payload (<c>struct ifinfomsg</c> and attributes) into <paramref name="link"/>, replacing all that it held.</summary>
    /// <exception cref="NetlinkFormatException">The bytes are no such payload; <paramref name="link"/> is then of no use.</exception>
    public static void Parse(ReadOnlySpan<byte> payload, LinkReading link)
    {
        ArgumentNullException.ThrowIfNull(link);
        if (payload.Length < IFINFOMSG_SIZE)
        {
            throw new NetlinkFormatException($"a link message has a payload of {payload.Length} bytes");
        }

        link.HardwareType = MemoryMarshal.Read<ushort>(payload[IFI_TYPE_OFFSET..]);
        link.IfIndex = MemoryMarshal.Read<int>(payload[IFI_INDEX_OFFSET..]);
        link.IsAdminUp = (MemoryMarshal.Read<uint>(payload[IFI_FLAGS_OFFSET..]) & IFF_UP) != 0;
        ClearValues(link);

        var seen = 0UL;
        var reader = new NetlinkAttributeReader(payload[IFINFOMSG_SIZE..]);
        while (true)
        {
            // The list's length may be wrong, so it must not be read as an ordinary attribute.
            if (link.NumVfs is { } numVfs && VfList.IsNext(reader.Rest) && VfList.Measure(reader.Rest, numVfs) is > 0 and var length)
            {
                if (First(ref seen, IFLA_VFINFO_LIST))
                {
                    link.VfListRecovered = length > ushort.MaxValue;
                    VfParser.ParseList(reader.Rest[NLA_HDRLEN..length], link);
                }

                reader = new NetlinkAttributeReader(reader.Rest[length..]);
                continue;
            }

            if (!reader.TryRead())
            {
                break;
            }

            // The kernel sends each once; behind a VF list that could not be recovered, its entries look like further addresses.
            if (First(ref seen, reader.Type))
            {
                ParseAttribute(reader, link);
            }
            else if (reader.Type == IFLA_ADDRESS && reader.Payload.Length > MAX_ADDR_LEN)
            {
                throw new NetlinkFormatException("the list of VFs is longer than its length says, and its entries are not of the known form");
            }
        }

        ClearUnseenText(link, seen);
        link.VfListMissing = link.NumVfs > 0 && (seen & (1UL << IFLA_VFINFO_LIST)) == 0;
    }

    private static bool First(ref ulong seen, ushort type)
    {
        if (type >= 64)
        {
            return true;
        }

        var bit = 1UL << type;
        var first = (seen & bit) == 0;
        seen |= bit;
        return first;
    }

    private static void ParseAttribute(NetlinkAttributeReader attribute, LinkReading link)
    {
        switch (attribute.Type)
        {
            case IFLA_ADDRESS:
                link.Address = Address(attribute);
                break;
            case IFLA_IFNAME:
                link.Name = KeptText.FromUtf8(attribute.GetStringBytes(), link.Name);
                break;
            case IFLA_MTU:
                link.Mtu = attribute.GetUInt32();
                break;
            case IFLA_MASTER:
                link.MasterIfIndex = attribute.GetInt32();
                break;
            case IFLA_OPERSTATE:
                var state = (LinkOperState)attribute.GetByte();
                link.OperState = state <= LinkOperState.Up ? state : LinkOperState.Unknown;
                break;
            case IFLA_LINKINFO:
                ParseLinkInfo(attribute.GetNested(), link);
                break;
            case IFLA_NUM_VF:
                link.NumVfs = VfParser.Count(attribute.GetUInt32());
                break;
            case IFLA_VFINFO_LIST:
                VfParser.ParseList(attribute.Payload, link);
                break;
            case IFLA_STATS64:
                link.Statistics = new LinkStatistics(attribute.Payload);
                break;
            case IFLA_CARRIER:
                link.HasCarrier = attribute.GetByte() != 0;
                break;
            case IFLA_PHYS_SWITCH_ID:
                link.PhysSwitchId = KeptText.FromBytes(attribute.Payload, link.PhysSwitchId);
                break;
            case IFLA_PHYS_PORT_NAME:
                link.PhysPortName = KeptText.FromUtf8(attribute.GetStringBytes(), link.PhysPortName);
                break;
            case IFLA_PERM_ADDRESS:
                link.PermanentAddress = Address(attribute);
                break;
            case IFLA_PARENT_DEV_NAME:
                link.ParentDeviceName = KeptText.FromUtf8(attribute.GetStringBytes(), link.ParentDeviceName);
                break;
            case IFLA_PARENT_DEV_BUS_NAME:
                link.ParentBusName = KeptText.FromUtf8(attribute.GetStringBytes(), link.ParentBusName);
                break;
        }
    }

    private static void ParseLinkInfo(NetlinkAttributeReader attributes, LinkReading link)
    {
        var kind = link.LinkKind;
        link.LinkKind = null;
        while (attributes.TryRead())
        {
            if (attributes.Type == IFLA_INFO_KIND)
            {
                link.LinkKind = KeptText.FromUtf8(attributes.GetStringBytes(), kind);
            }
        }
    }

    private static HardwareAddress Address(NetlinkAttributeReader attribute) => attribute.Payload.Length <= MAX_ADDR_LEN
        ? new HardwareAddress(attribute.Payload)
        : throw new NetlinkFormatException($"a link's address (attribute {attribute.Type}) has {attribute.Payload.Length} bytes");

    private static void ClearValues(LinkReading link)
    {
        link.Mtu = null;
        link.OperState = LinkOperState.Unknown;
        link.HasCarrier = null;
        link.Address = default;
        link.PermanentAddress = default;
        link.MasterIfIndex = null;
        link.NumVfs = null;
        link.Statistics = default;
        link.VfListRecovered = false;
        link.VfListMissing = false;
        link.ClearVfs();
    }

    /// <summary>Texts are kept while parsing, so that equal ones can be used again.</summary>
    private static void ClearUnseenText(LinkReading link, ulong seen)
    {
        link.Name = Seen(IFLA_IFNAME) ? link.Name : string.Empty;
        link.LinkKind = Seen(IFLA_LINKINFO) ? link.LinkKind : null;
        link.PhysSwitchId = Seen(IFLA_PHYS_SWITCH_ID) ? link.PhysSwitchId : null;
        link.PhysPortName = Seen(IFLA_PHYS_PORT_NAME) ? link.PhysPortName : null;
        link.ParentDeviceName = Seen(IFLA_PARENT_DEV_NAME) ? link.ParentDeviceName : null;
        link.ParentBusName = Seen(IFLA_PARENT_DEV_BUS_NAME) ? link.ParentBusName : null;

        bool Seen(int type) => (seen & (1UL << type)) != 0;
    }
}
