using System.Buffers.Binary;
using System.Runtime.InteropServices;
using SriovPulse.Core;
using SriovPulse.Linux.Netlink;
using static SriovPulse.Linux.Interop.RtnetlinkConstants;

namespace SriovPulse.Linux.Rtnetlink;

/// <summary>Reads the entries of IFLA_VFINFO_LIST (rtnl_fill_vfinfo in net/core/rtnetlink.c).</summary>
internal static class VfParser
{
    // What drivers report, and the kernel presets, for "not told".
    private const uint NotTold = uint.MaxValue;

    // TotalVFs of the SR-IOV capability has 16 bits.
    private const uint MostVfs = ushort.MaxValue;

    private const int EthernetAddressLength = 6;

    // Its header, the VF's address and that attribute's header.
    private const int SmallestEntry = 4 + 4 + IFLA_VF_MAC_SIZE;

    /// <summary>Checks IFLA_NUM_VF.</summary>
    public static int Count(uint numVfs) => numVfs <= MostVfs
        ? (int)numVfs
        : throw new NetlinkFormatException($"{numVfs} VFs are more than a device can have");

    /// <summary>Reads all entries of a list into <paramref name="link"/>.</summary>
    public static void ParseList(ReadOnlySpan<byte> list, LinkReading link)
    {
        // Without IFLA_NUM_VF the indices still rise, which bounds the list.
        var limit = link.NumVfs ?? (int)MostVfs;
        link.ReserveVfs(Math.Min(link.NumVfs ?? 0, list.Length / SmallestEntry));
        var addressLength = link.Address.Length == 0 ? EthernetAddressLength : link.Address.Length;
        var previous = -1;
        var entries = new NetlinkAttributeReader(list);
        while (entries.TryRead())
        {
            if (entries.Type != IFLA_VF_INFO)
            {
                continue;
            }

            ref var vf = ref link.AddVf();
            vf.Index = -1;
            ParseEntry(entries.GetNested(), addressLength, ref vf);
            if (vf.Index <= previous || vf.Index >= limit)
            {
                throw new NetlinkFormatException($"VF {vf.Index} comes after VF {previous}, and there are {limit}");
            }

            previous = vf.Index;
        }
    }

    private static void ParseEntry(NetlinkAttributeReader attributes, int addressLength, ref VfReading vf)
    {
        var rateTold = false;
        while (attributes.TryRead())
        {
            switch (attributes.Type)
            {
                case IFLA_VF_MAC:
                    var mac = AtLeast(attributes, IFLA_VF_MAC_SIZE);
                    vf.Index = (int)Math.Min(MemoryMarshal.Read<uint>(mac), int.MaxValue);
                    vf.Mac = new HardwareAddress(mac.Slice(sizeof(uint), addressLength));
                    break;
                case IFLA_VF_VLAN:
                    vf.Vlan = (int)Field(attributes, 1);
                    vf.Qos = (int)Field(attributes, 2);
                    break;
                case IFLA_VF_TX_RATE when !rateTold:
                    // What kernels before IFLA_VF_RATE had.
                    vf.MaxRateMbps = Field(attributes, 1);
                    break;
                case IFLA_VF_RATE:
                    rateTold = true;
                    vf.MinRateMbps = Field(attributes, 1);
                    vf.MaxRateMbps = Field(attributes, 2);
                    break;
                case IFLA_VF_SPOOFCHK:
                    vf.SpoofCheck = Setting(attributes);
                    break;
                case IFLA_VF_LINK_STATE:
                    var state = Field(attributes, 1);
                    vf.LinkState = state <= (uint)VfLinkState.Disabled ? (VfLinkState)state : null;
                    break;
                case IFLA_VF_RSS_QUERY_EN:
                    vf.RssQuery = Setting(attributes);
                    break;
                case IFLA_VF_TRUST:
                    vf.Trust = Setting(attributes);
                    break;
                case IFLA_VF_IB_NODE_GUID:
                    vf.NodeGuid = Guid(attributes);
                    break;
                case IFLA_VF_IB_PORT_GUID:
                    vf.PortGuid = Guid(attributes);
                    break;
                case IFLA_VF_VLAN_LIST:
                    ParseVlanList(attributes.GetNested(), ref vf);
                    break;
                case IFLA_VF_STATS:
                    vf.Stats = ParseStats(attributes.GetNested());
                    break;
            }
        }
    }

    private static void ParseVlanList(NetlinkAttributeReader entries, ref VfReading vf)
    {
        // struct ifla_vf_vlan_info: vf, vlan, qos, be16 protocol. The kernel supports one entry.
        while (entries.TryRead())
        {
            if (entries.Type == IFLA_VF_VLAN_INFO)
            {
                vf.VlanProtocol = BinaryPrimitives.ReadUInt16BigEndian(AtLeast(entries, 16)[12..]);
                return;
            }
        }
    }

    private static VfCounters ParseStats(NetlinkAttributeReader values)
    {
        var counters = default(VfCounters);
        while (values.TryRead())
        {
            VfCounter? counter = values.Type switch
            {
                IFLA_VF_STATS_RX_PACKETS => VfCounter.ReceivePackets,
                IFLA_VF_STATS_TX_PACKETS => VfCounter.TransmitPackets,
                IFLA_VF_STATS_RX_BYTES => VfCounter.ReceiveBytes,
                IFLA_VF_STATS_TX_BYTES => VfCounter.TransmitBytes,
                IFLA_VF_STATS_BROADCAST => VfCounter.ReceiveBroadcastPackets,
                IFLA_VF_STATS_MULTICAST => VfCounter.ReceiveMulticastPackets,
                IFLA_VF_STATS_RX_DROPPED => VfCounter.ReceiveDroppedPackets,
                IFLA_VF_STATS_TX_DROPPED => VfCounter.TransmitDroppedPackets,
                _ => null,
            };
            if (counter is { } known)
            {
                counters.Set(known, values.GetUInt64());
            }
        }

        return counters;
    }

    private static bool? Setting(NetlinkAttributeReader attribute) => Field(attribute, 1) switch
    {
        NotTold => null,
        0 => false,
        _ => true,
    };

    // struct ifla_vf_guid: vf, padding, 64-bit GUID.
    private static ulong Guid(NetlinkAttributeReader attribute) => MemoryMarshal.Read<ulong>(AtLeast(attribute, 16)[8..]);

    /// <summary>A 32-bit field of one of the ifla_vf_* structs; field 0 is the VF's index.</summary>
    private static uint Field(NetlinkAttributeReader attribute, int field) =>
        MemoryMarshal.Read<uint>(AtLeast(attribute, (field + 1) * sizeof(uint))[(field * sizeof(uint))..]);

    private static ReadOnlySpan<byte> AtLeast(NetlinkAttributeReader attribute, int size) => attribute.Payload.Length >= size
        ? attribute.Payload
        : throw new NetlinkFormatException($"VF attribute {attribute.Type} has {attribute.Payload.Length} bytes, not {size}");
}
