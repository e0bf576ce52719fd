using System.Buffers.Binary;
using System.Runtime.InteropServices;
using SriovPulse.Core;
using SriovPulse.Linux.Netlink;
using static SriovPulse.Linux.Interop.RtnetlinkConstants;

namespace SriovPulse.Linux.Rtnetlink;

/// <summary>
/// Setting VF attributes, which needs CAP_NET_ADMIN. One attribute per message: the kernel applies several in turn and stops at the first that fails,
/// without taking the earlier ones back (do_setvfinfo in net/core/rtnetlink.c).
/// </summary>
public sealed partial class RtnetlinkClient
{
    /// <summary>Ethertype of ordinary VLAN tags (IEEE 802.1Q).</summary>
    public const ushort VlanProtocol8021Q = 0x8100;

    /// <summary>Sets a VF's address.</summary>
    /// <exception cref="NetlinkException">The kernel or the driver refused.</exception>
    public void SetVfMac(int ifIndex, int vf, HardwareAddress address)
    {
        Span<byte> value = stackalloc byte[IFLA_VF_MAC_SIZE];
        value.Clear();
        MemoryMarshal.Write(value, vf);
        address.CopyTo(value[sizeof(uint)..]);
        Set(ifIndex, vf, "set the address of a VF of link", IFLA_VF_MAC, value);
    }

    /// <summary>Sets the VLAN that the PF tags a VF's traffic with; VLAN 0 and priority 0 for none.</summary>
    /// <exception cref="NetlinkException">The kernel or the driver refused.</exception>
    public void SetVfVlan(int ifIndex, int vf, int vlan, int qos = 0, ushort protocol = VlanProtocol8021Q)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(vlan);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(vlan, 4095);
        ArgumentOutOfRangeException.ThrowIfNegative(qos);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(qos, 7);
        const string Operation = "set the VLAN of a VF of link";
        if (protocol == VlanProtocol8021Q)
        {
            Set(ifIndex, vf, Operation, IFLA_VF_VLAN, (uint)vlan, (uint)qos);
            return;
        }

        // struct ifla_vf_vlan_info: vf, vlan, qos, be16 protocol
        Span<byte> value = stackalloc byte[16];
        value.Clear();
        MemoryMarshal.Write(value, vf);
        MemoryMarshal.Write(value[4..], vlan);
        MemoryMarshal.Write(value[8..], qos);
        BinaryPrimitives.WriteUInt16BigEndian(value[12..], protocol);
        var list = BeginSet(ifIndex, vf, Operation);
        var vlans = _request.BeginNested(IFLA_VF_VLAN_LIST, flagged: false);
        _request.Put(IFLA_VF_VLAN_INFO, value);
        _request.EndNested(vlans);
        EndSet(list);
    }

    /// <summary>Sets a VF's guaranteed and highest rate in Mb/s, 0 for none.</summary>
    /// <exception cref="NetlinkException">The kernel or the driver refused.</exception>
    public void SetVfRate(int ifIndex, int vf, uint minMbps, uint maxMbps)
    {
        if (maxMbps != 0 && maxMbps < minMbps)
        {
            throw new ArgumentException($"the highest rate ({maxMbps} Mb/s) is below the guaranteed rate ({minMbps} Mb/s)", nameof(maxMbps));
        }

        Set(ifIndex, vf, "set the rate of a VF of link", IFLA_VF_RATE, minMbps, maxMbps);
    }

    /// <summary>Sets whether a VF's frames with another source address are dropped.</summary>
    /// <exception cref="NetlinkException">The kernel or the driver refused.</exception>
    public void SetVfSpoofCheck(int ifIndex, int vf, bool enabled) =>
        Set(ifIndex, vf, "set the spoof check of a VF of link", IFLA_VF_SPOOFCHK, enabled ? 1u : 0u);

    /// <summary>Sets whether a VF may do privileged things.</summary>
    /// <exception cref="NetlinkException">The kernel or the driver refused.</exception>
    public void SetVfTrust(int ifIndex, int vf, bool trusted) =>
        Set(ifIndex, vf, "set the trust of a VF of link", IFLA_VF_TRUST, trusted ? 1u : 0u);

    /// <summary>Sets how a VF's link follows that of its PF.</summary>
    /// <exception cref="NetlinkException">The kernel or the driver refused.</exception>
    public void SetVfLinkState(int ifIndex, int vf, VfLinkState state) =>
        Set(ifIndex, vf, "set the link state of a VF of link", IFLA_VF_LINK_STATE, (uint)state);

    /// <summary>Sends one of the ifla_vf_* structs of 32-bit fields, which all begin with the VF's index.</summary>
    private void Set(int ifIndex, int vf, string operation, ushort attribute, params ReadOnlySpan<uint> fields) =>
        Set(ifIndex, vf, operation, attribute, MemoryMarshal.AsBytes<uint>([(uint)vf, .. fields]));

    private void Set(int ifIndex, int vf, string operation, ushort attribute, ReadOnlySpan<byte> value)
    {
        var list = BeginSet(ifIndex, vf, operation);
        _request.Put(attribute, value);
        EndSet(list);
    }

    private (int List, int Entry) BeginSet(int ifIndex, int vf, string operation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ifIndex);
        ArgumentOutOfRangeException.ThrowIfNegative(vf);
        _request.Operation = $"{operation} {ifIndex} (VF {vf})";
        Begin(RTM_SETLINK, ifIndex);
        var list = _request.BeginNested(IFLA_VFINFO_LIST, flagged: false);
        return (list, _request.BeginNested(IFLA_VF_INFO, flagged: false));
    }

    private void EndSet((int List, int Entry) nests)
    {
        _request.EndNested(nests.Entry);
        _request.EndNested(nests.List);
        session.Execute(_request);
    }
}
