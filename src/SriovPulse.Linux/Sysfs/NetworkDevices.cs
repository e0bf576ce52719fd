using System.Runtime.CompilerServices;
using SriovPulse.Core;
using SriovPulse.Linux.Files;

namespace SriovPulse.Linux.Sysfs;

/// <summary>
/// Netdevs in sysfs, those of the network namespace in which it was mounted. Keeps one descriptor, of <c>sys/class/net</c>. May be used by several threads.
/// Reads of names seen before, numbers and lists allocate nothing.
/// </summary>
/// <param name="root">The root file system to read below.</param>
public sealed class NetworkDevices(DirectoryHandle root) : IDisposable
{
    private readonly DeviceDirectory _devices = new(root, "sys/class/net");

    /// <inheritdoc/>
    public void Dispose() => _devices.Dispose();

    /// <summary>Lists the names of all netdevs, in ordinal order. Files that are none (<c>bonding_masters</c>) are left out.</summary>
    [SkipLocalsInit]
    public ReadStatus ReadNames(List<string> names)
    {
        var status = _devices.ReadNames(names);
        names.Remove("bonding_masters");
        return status;
    }

    /// <summary>Index of the netdev.</summary>
    public FileValue<int> ReadIfIndex(string netdev) => _devices.ReadInt32(new DeviceName(netdev), "ifindex"u8);

    /// <summary>Largest payload, in bytes.</summary>
    public FileValue<int> ReadMtu(string netdev) => _devices.ReadInt32(new DeviceName(netdev), "mtu"u8);

    /// <summary>
    /// Speed in Mb/s; <see cref="ReadStatus.Unsupported"/> when it is not known or the link is down. Asks the driver and waits for RTNL
    /// (net/core/net-sysfs.c, <c>speed_show</c>): prefer ethtool.
    /// </summary>
    public FileValue<int> ReadSpeed(string netdev)
    {
        var speed = _devices.ReadInt32(new DeviceName(netdev), "speed"u8);
        return speed is { HasValue: true, Value: < 0 } ? new FileValue<int>(ReadStatus.Unsupported) : speed;
    }

    /// <summary>
    /// Which port or function of its device the netdev stands for; <see cref="ReadStatus.Unsupported"/> where the driver does not tell. Waits for RTNL, as
    /// <see cref="ReadSpeed"/> does; rtnetlink tells the same.
    /// </summary>
    [SkipLocalsInit]
    public FileValue<PhysicalPortName> ReadPhysicalPortName(string netdev)
    {
        var status = _devices.Read(new DeviceName(netdev), "phys_port_name"u8, stackalloc byte[64], out var text);
        if (status != ReadStatus.Ok)
        {
            return new FileValue<PhysicalPortName>(status);
        }

        return PhysicalPortName.TryParse(text, out var name) ? new FileValue<PhysicalPortName>(name) : new FileValue<PhysicalPortName>(ReadStatus.Malformed);
    }

    /// <summary>Identity of the device's switch, equal for all its ports and representors, in hexadecimal. Waits for RTNL.</summary>
    public FileValue<string> ReadPhysicalSwitchId(string netdev) => _devices.ReadText(new DeviceName(netdev), "phys_switch_id"u8);

    /// <summary>Name of the device below the netdev: a PCI address, <c>netdevsim1</c>; <see cref="ReadStatus.Missing"/> for a purely virtual one.</summary>
    public FileValue<string> ReadDevice(string netdev) => _devices.ReadLinkName(new DeviceName(netdev), "device"u8);

    /// <summary>Name of the bond, bridge or team that the netdev belongs to; <see cref="ReadStatus.Missing"/> when it belongs to none.</summary>
    public FileValue<string> ReadMaster(string netdev) => _devices.ReadLinkName(new DeviceName(netdev), "master"u8);

    /// <summary>The netdev's part in a bond; <see cref="ReadStatus.Missing"/> when it has none.</summary>
    public FileValue<BondSlave> ReadBondSlave(string netdev)
    {
        var name = new DeviceName(netdev);
        var state = _devices.ReadText(name, "bonding_slave/state"u8);
        if (state.Status is ReadStatus.Missing)
        {
            return new FileValue<BondSlave>(ReadStatus.Missing);
        }

        return new FileValue<BondSlave>(new BondSlave(
            state,
            _devices.ReadText(name, "bonding_slave/mii_status"u8),
            _devices.ReadUInt64(name, "bonding_slave/link_failure_count"u8)));
    }

    /// <summary>One of the netdev's counters, <c>statistics/NAME</c>.</summary>
    [SkipLocalsInit]
    public FileValue<ulong> ReadStatistic(string netdev, ReadOnlySpan<byte> name)
    {
        var path = new RelativePath(stackalloc byte[64]);
        path.Append("statistics/"u8);
        path.Append(name);
        return _devices.ReadUInt64(new DeviceName(netdev), path.Utf8);
    }

    /// <summary>
    /// Counters of a VF from its own netdev, which the host has when it has bound a driver to the VF. The netdev sees what the VF sees: rx is towards the VF.
    /// There is no count of broadcasts. RTNL is not needed for these (net/core/net-sysfs.c, <c>netstat_show</c>).
    /// </summary>
    /// <returns>The status of the first counter that could not be read; the others are there.</returns>
    public ReadStatus ReadVfCounters(string netdev, out VfCounters counters)
    {
        counters = default;
        var name = new DeviceName(netdev);
        var status = ReadStatus.Ok;
        Read(name, "statistics/rx_bytes"u8, VfCounter.ReceiveBytes, ref counters, ref status);
        if (status is ReadStatus.Missing)
        {
            return status;
        }

        Read(name, "statistics/tx_bytes"u8, VfCounter.TransmitBytes, ref counters, ref status);
        Read(name, "statistics/rx_packets"u8, VfCounter.ReceivePackets, ref counters, ref status);
        Read(name, "statistics/tx_packets"u8, VfCounter.TransmitPackets, ref counters, ref status);
        Read(name, "statistics/multicast"u8, VfCounter.ReceiveMulticastPackets, ref counters, ref status);
        Read(name, "statistics/rx_dropped"u8, VfCounter.ReceiveDroppedPackets, ref counters, ref status);
        Read(name, "statistics/tx_dropped"u8, VfCounter.TransmitDroppedPackets, ref counters, ref status);
        return status;
    }

    private void Read(in DeviceName netdev, ReadOnlySpan<byte> statistic, VfCounter counter, ref VfCounters counters, ref ReadStatus status)
    {
        var value = _devices.ReadUInt64(netdev, statistic);
        if (value.HasValue)
        {
            counters.Set(counter, value.Value);
        }
        else if (status == ReadStatus.Ok)
        {
            status = value.Status;
        }
    }
}
