using SriovPulse.Linux.Interop;
using SriovPulse.Core;

namespace SriovPulse.Linux.Rtnetlink;

/// <summary>
/// One look at a link. Made once and filled again and again: what stays the same (names) is kept, so a further look at the same link allocates nothing.
/// </summary>
public sealed class LinkReading
{
    private VfReading[] _vfs = [];
    private int _vfCount;

    /// <summary>The link's index; 0 when nothing has been read.</summary>
    public int IfIndex { get; internal set; }

    /// <summary>Whether the kernel's answer about this link alone was too long, so that it came from elsewhere: dearer, and without counters perhaps.</summary>
    public bool WasTooLong { get; internal set; }

    /// <summary>Its name.</summary>
    public string Name { get; internal set; } = string.Empty;

    /// <summary>What kind of hardware it is (ARPHRD_*, include/uapi/linux/if_arp.h): 1 is Ethernet, 32 InfiniBand.</summary>
    public ushort HardwareType { get; internal set; }

    /// <summary>Whether it is IP over InfiniBand.</summary>
    public bool IsInfiniBand => HardwareType == RtnetlinkConstants.ARPHRD_INFINIBAND;

    /// <summary>Maximum transmission unit in bytes; null when the kernel did not tell.</summary>
    public uint? Mtu { get; internal set; }

    /// <summary>Operational state.</summary>
    public LinkOperState OperState { get; internal set; }

    /// <summary>Whether it is administratively up.</summary>
    public bool IsAdminUp { get; internal set; }

    /// <summary>Whether there is a carrier; null when the kernel did not tell.</summary>
    public bool? HasCarrier { get; internal set; }

    /// <summary>Its address now.</summary>
    public HardwareAddress Address { get; internal set; }

    /// <summary>The address that it was made with; empty when the driver does not tell.</summary>
    public HardwareAddress PermanentAddress { get; internal set; }

    /// <summary>Index of the bond, bridge or team that it belongs to, null for none.</summary>
    public int? MasterIfIndex { get; internal set; }

    /// <summary>Name of the device that it belongs to: for a PCI function its address (<c>0000:3b:00.0</c>). Null when there is none.</summary>
    public string? ParentDeviceName { get; internal set; }

    /// <summary>Bus of that device: <c>pci</c>, <c>netdevsim</c>, <c>auxiliary</c>. Null when there is none.</summary>
    public string? ParentBusName { get; internal set; }

    /// <summary>Which switch it is a port of, in lower-case hexadecimal; null for none.</summary>
    public string? PhysSwitchId { get; internal set; }

    /// <summary>Which port of the switch or the card it is (<c>p0</c>, <c>pf0vf1</c>); null for none.</summary>
    public string? PhysPortName { get; internal set; }

    /// <summary>Kind of a software link (<c>bond</c>, <c>vlan</c>); null for hardware.</summary>
    public string? LinkKind { get; internal set; }

    /// <summary>How many VFs the device has now; null when not asked for, or the link has no device.</summary>
    public int? NumVfs { get; internal set; }

    /// <summary>The netdev's own counters.</summary>
    public LinkStatistics Statistics { get; internal set; }

    /// <summary>
    /// The VFs that the driver told about, by rising index. There may be fewer than <see cref="NumVfs"/>: the kernel leaves out those whose
    /// configuration the driver could not give just then.
    /// </summary>
    public ReadOnlySpan<VfReading> Vfs => _vfs.AsSpan(0, _vfCount);

    /// <summary>Whether the list of VFs was longer than its 16-bit length can say, and was recovered.</summary>
    public bool VfListRecovered { get; internal set; }

    /// <summary>Whether there are VFs and the driver tells nothing about any (enetc, idpf, pds_core).</summary>
    public bool VfListMissing { get; internal set; }

    /// <summary>Starts the list of VFs anew.</summary>
    internal void ClearVfs() => _vfCount = 0;

    /// <summary>Makes room for VFs.</summary>
    internal void ReserveVfs(int count)
    {
        if (_vfs.Length < count)
        {
            Array.Resize(ref _vfs, count);
        }
    }

    /// <summary>Adds a VF that is still empty.</summary>
    internal ref VfReading AddVf()
    {
        if (_vfCount == _vfs.Length)
        {
            ReserveVfs(Math.Max(8, _vfs.Length * 2));
        }

        ref var vf = ref _vfs[_vfCount++];
        vf = default;
        return ref vf;
    }
}
