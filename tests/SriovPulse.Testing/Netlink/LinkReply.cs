using SriovPulse.Linux.Netlink;

namespace SriovPulse.Testing.Netlink;

/// <summary>
/// Makes RTM_NEWLINK replies as rtnl_fill_ifinfo() of Linux 6.12 does: the same attributes in the same order and of the same size, a list of VFs whose
/// 16-bit length wraps included.
/// </summary>
public sealed record LinkReply
{
    private const ushort NewLink = 16;

    /// <summary>The link's index.</summary>
    public int IfIndex { get; init; } = 3;

    /// <summary>Its name.</summary>
    public string Name { get; init; } = "eth1";

    /// <summary>Its address.</summary>
    public byte[] Address { get; init; } = [0x02, 0, 0, 0, 0, 0x01];

    /// <summary>How many VFs the device has; null leaves IFLA_NUM_VF and the list out, as for a link without device.</summary>
    public int? NumVfs { get; init; }

    /// <summary>Whether the VFs' counters are sent.</summary>
    public bool WithStats { get; init; } = true;

    /// <summary>Whether GUIDs are sent, as InfiniBand drivers have them.</summary>
    public bool WithGuids { get; init; }

    /// <summary>Whether the driver tells about VFs at all.</summary>
    public bool WithList { get; init; } = true;

    /// <summary>VFs that the driver could not tell about just then.</summary>
    public IReadOnlyCollection<int> LeftOut { get; init; } = [];

    /// <summary>Whether there is a carrier.</summary>
    public bool HasCarrier { get; init; } = true;

    /// <summary>Maximum transmission unit.</summary>
    public uint Mtu { get; init; } = 1500;

    /// <summary>ARPHRD_*: 1 for Ethernet, 32 for InfiniBand.</summary>
    public ushort HardwareType { get; init; } = 1;

    /// <summary>The netdev's own counters, in the order of <c>struct rtnl_link_stats64</c>.</summary>
    public IReadOnlyList<ulong> Statistics { get; init; } = [.. Enumerable.Range(1000, 25).Select(static value => (ulong)value)];

    /// <summary>What is told of a VF, by index.</summary>
    public Func<int, VfReply> Vf { get; init; } = VfReply.Numbered;

    /// <summary>Device that the link belongs to, behind the list of VFs.</summary>
    public string ParentDevice { get; init; } = "0000:3b:00.0";

    /// <summary>Bus of that device.</summary>
    public string ParentBus { get; init; } = "pci";

    /// <summary>Which port of its switch or card it is.</summary>
    public string PhysPortName { get; init; } = "p0";

    /// <summary>A counter's value, so that a test can tell that each went to its place.</summary>
    public static ulong CounterValue(int vf, int counter) => ((ulong)vf << 32) + (ulong)counter + 1;

    /// <summary>A VF's address.</summary>
    public static byte[] VfAddress(int vf) => [0x02, 0xff, 0, 0, (byte)(vf >> 8), (byte)vf];

    /// <summary>The message's payload: ifinfomsg and attributes.</summary>
    public byte[] Payload()
    {
        var attributes = new AttributeBytes()
            .Put(3, Name)
            .Put(16, HasCarrier ? (byte)6 : (byte)2)
            .Put(4, Mtu)
            .Put(33, HasCarrier ? (byte)1 : (byte)0)
            .Put(1, Address)
            .Put(38, PhysPortName)
            .Put(36, [0xba, 0xe4, 0x0b])
            .Put(23, StatisticsBytes());
        if (NumVfs is { } count)
        {
            attributes.Put(21, (uint)count);
            if (WithList)
            {
                attributes.Nest(22, list => AddVfs(list, count));
            }
        }

        attributes.Put(54, Address).Put(56, ParentDevice).Put(57, ParentBus);
        return [0, 0, .. BitConverter.GetBytes(HardwareType), .. BitConverter.GetBytes(IfIndex), .. BitConverter.GetBytes(0x10043u), 0, 0, 0, 0, .. attributes.ToArray()];
    }

    /// <summary>The whole message, as an unasked one.</summary>
    public byte[] Message() => ScriptedRequest.Build(NewLink, 0, 0, 0, Payload());

    /// <summary>The message as the answer to a request.</summary>
    public byte[] Answer(ScriptedRequest request, NetlinkFlags flags = NetlinkFlags.None) => request.Message(NewLink, Payload(), flags);

    private byte[] StatisticsBytes() => [.. Statistics.SelectMany(BitConverter.GetBytes)];

    private void AddVfs(AttributeBytes list, int count)
    {
        for (var vf = 0; vf < count; vf++)
        {
            if (!LeftOut.Contains(vf))
            {
                var index = (uint)vf;
                list.Nest(1, entry => AddVf(entry, index));
            }
        }
    }

    private void AddVf(AttributeBytes entry, uint vf)
    {
        var told = Vf((int)vf);
        byte[] number = BitConverter.GetBytes(vf);
        var mac = new byte[32];
        told.Mac.CopyTo(mac, 0);
        entry.Put(1, [.. number, .. mac])
            .Put(13, new byte[32])
            .PutStruct(2, vf, told.Vlan, told.Priority)
            .PutStruct(6, vf, told.MinRate, told.MaxRate)
            .PutStruct(3, vf, told.MaxRate)
            .PutStruct(4, vf, told.SpoofCheck)
            .PutStruct(5, vf, told.LinkState)
            .PutStruct(7, vf, uint.MaxValue)
            .PutStruct(9, vf, told.Trust);
        if (WithGuids)
        {
            entry.Put(10, [.. number, 0, 0, 0, 0, .. BitConverter.GetBytes(0x1000UL + vf)])
                .Put(11, [.. number, 0, 0, 0, 0, .. BitConverter.GetBytes(0x2000UL + vf)]);
        }

        entry.Nest(12, vlans => vlans.Put(
            1,
            [.. number, .. BitConverter.GetBytes(told.Vlan), .. BitConverter.GetBytes(told.Priority), (byte)(told.VlanProtocol >> 8), (byte)told.VlanProtocol, 0, 0]));
        if (WithStats)
        {
            entry.Nest(8, stats =>
            {
                foreach (var counter in (int[])[0, 1, 2, 3, 4, 5, 7, 8])
                {
                    stats.Put(counter, told.Counter(counter));
                }
            });
        }
    }
}
