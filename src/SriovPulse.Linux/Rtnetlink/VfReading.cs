using SriovPulse.Core;

namespace SriovPulse.Linux.Rtnetlink;

/// <summary>What the PF's driver says about one VF. Null where the driver does not tell.</summary>
public struct VfReading
{
    /// <summary>The VF's index on its PF.</summary>
    public int Index { get; internal set; }

    /// <summary>Its address as the PF set it; all zero when none is set. As long as the PF's own.</summary>
    public HardwareAddress Mac { get; internal set; }

    /// <summary>VLAN that the PF tags its traffic with, 0 for none.</summary>
    public int Vlan { get; internal set; }

    /// <summary>Priority of that VLAN's tags.</summary>
    public int Qos { get; internal set; }

    /// <summary>Ethertype of that VLAN's tags (0x8100, 0x88a8), 0 when the kernel does not tell.</summary>
    public ushort VlanProtocol { get; internal set; }

    /// <summary>Whether frames with another source address are dropped.</summary>
    public bool? SpoofCheck { get; internal set; }

    /// <summary>Whether the VF may do privileged things, promiscuous mode for instance.</summary>
    public bool? Trust { get; internal set; }

    /// <summary>Whether the VF may read the receive hash key.</summary>
    public bool? RssQuery { get; internal set; }

    /// <summary>How its link follows that of its PF.</summary>
    public VfLinkState? LinkState { get; internal set; }

    /// <summary>Guaranteed rate in Mb/s, 0 for none; a weight on some drivers.</summary>
    public uint MinRateMbps { get; internal set; }

    /// <summary>Highest rate in Mb/s, 0 for none.</summary>
    public uint MaxRateMbps { get; internal set; }

    /// <summary>InfiniBand node GUID.</summary>
    public ulong? NodeGuid { get; internal set; }

    /// <summary>InfiniBand port GUID.</summary>
    public ulong? PortGuid { get; internal set; }

    /// <summary>Whether the kernel sent counters. They may be zeros in place of what the driver does not count: the kernel does not tell these apart.</summary>
    public readonly bool HasStats => !Stats.IsEmpty;

    /// <summary>Counters as the kernel sent them.</summary>
    public VfCounters Stats { get; internal set; }
}
