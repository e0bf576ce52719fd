namespace SriovPulse.Testing.Netlink;

/// <summary>What a <see cref="LinkReply"/> tells of one VF.</summary>
public sealed record VfReply
{
    /// <summary>Its address.</summary>
    public required byte[] Mac { get; init; }

    /// <summary>Its VLAN, 0 for none.</summary>
    public uint Vlan { get; init; }

    /// <summary>Priority of the VLAN's tags.</summary>
    public uint Priority { get; init; }

    /// <summary>Ethertype of the VLAN's tags.</summary>
    public ushort VlanProtocol { get; init; } = 0x8100;

    /// <summary>Guaranteed rate in Mb/s.</summary>
    public uint MinRate { get; init; }

    /// <summary>Highest rate in Mb/s, 0 for none.</summary>
    public uint MaxRate { get; init; }

    /// <summary>Spoof check: 0, 1, or -1 for not told.</summary>
    public uint SpoofCheck { get; init; } = 1;

    /// <summary>Link state: 0 auto, 1 enable, 2 disable.</summary>
    public uint LinkState { get; init; }

    /// <summary>Trust: 0, 1, or -1 for not told.</summary>
    public uint Trust { get; init; }

    /// <summary>A counter, by its IFLA_VF_STATS_* number; all zero unless given, as of a driver without them.</summary>
    public Func<int, ulong> Counter { get; init; } = static _ => 0;

    /// <summary>A VF whose every value tells where it belongs.</summary>
    public static VfReply Numbered(int vf) => new()
    {
        Mac = LinkReply.VfAddress(vf),
        Vlan = (uint)(100 + vf),
        Priority = 3,
        VlanProtocol = 0x88a8,
        MinRate = 10,
        MaxRate = (uint)(1000 + vf),
        LinkState = 2,
        Counter = counter => LinkReply.CounterValue(vf, counter),
    };

    /// <summary>A VF without configuration, with these counters: packets and bytes received, packets and bytes sent, and further ones by their number.</summary>
    public static VfReply Counting(int vf, ulong receivePackets, ulong receiveBytes, ulong transmitPackets, ulong transmitBytes, ulong others = 0) => new()
    {
        Mac = LinkReply.VfAddress(vf),
        Counter = counter => counter switch
        {
            0 => receivePackets,
            1 => transmitPackets,
            2 => receiveBytes,
            3 => transmitBytes,
            _ => others,
        },
    };
}
