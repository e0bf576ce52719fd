using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SriovPulse.Core;
using SriovPulse.Linux.Files;

namespace SriovPulse.Linux.Sysfs;

/// <summary>
/// PCI functions in sysfs. Keeps one descriptor, of <c>sys/bus/pci/devices</c>. May be used by several threads. Reads of names seen before, numbers and lists
/// allocate nothing.
/// </summary>
/// <param name="root">The root file system to read below.</param>
public sealed class PciBus(DirectoryHandle root) : IDisposable
{
    private const string DevicesPath = "sys/bus/pci/devices";
    private const int PageLength = 4096;

    private readonly DeviceDirectory _devices = new(root, DevicesPath);

    /// <summary>A function's directory below the root.</summary>
    public static string DevicePath(PciAddress function) => $"{DevicesPath}/{function}";

    /// <inheritdoc/>
    public void Dispose() => _devices.Dispose();

    /// <summary>Lists the addresses of all functions, in order.</summary>
    [SkipLocalsInit]
    public ReadStatus ReadFunctions(List<PciAddress> functions)
    {
        functions.Clear();
        var status = _devices.TryGet(out var devices);
        if (status != ReadStatus.Ok)
        {
            return status;
        }

        using var entries = devices!.Enumerate("."u8, stackalloc byte[2 * PageLength]);
        while (entries.MoveNext())
        {
            if (PciAddress.TryParse(entries.Current.Name, out var address))
            {
                functions.Add(address);
            }
        }

        CollectionsMarshal.AsSpan(functions).Sort(static (left, right) => left.CompareTo(right));
        return entries.Status;
    }

    /// <summary>
    /// Lists the VFs of a PF by index: one pass over its directory and a readlink each. This counts VFs without <c>sriov_numvfs</c>, whose read waits for the
    /// device's lock and so for a whole creation or destruction of VFs (drivers/pci/iov.c). A VF that vanishes during the pass is left out.
    /// </summary>
    [SkipLocalsInit]
    public ReadStatus ReadVirtualFunctions(PciAddress pf, List<VirtualFunctionLink> virtualFunctions)
    {
        virtualFunctions.Clear();
        var status = _devices.TryGet(out var devices);
        if (status != ReadStatus.Ok)
        {
            return status;
        }

        Span<byte> target = stackalloc byte[DirectoryHandle.MaxPathLength];
        using var entries = devices!.Enumerate(new DeviceName(pf).Utf8, stackalloc byte[2 * PageLength]);
        while (entries.MoveNext())
        {
            if (!TryParseVirtfn(entries.Current.Name, out var index))
            {
                continue;
            }

            status = entries.ReadLinkName(target, out var name);
            if (status is ReadStatus.Missing or ReadStatus.Vanished)
            {
                continue;
            }

            PciAddress? address = status == ReadStatus.Ok && PciAddress.TryParse(name, out var parsed) ? parsed : null;
            virtualFunctions.Add(new VirtualFunctionLink(index, entries.Current.Inode, address));
        }

        CollectionsMarshal.AsSpan(virtualFunctions).Sort(static (left, right) => left.Index.CompareTo(right.Index));
        return entries.Status;
    }

    /// <summary>How many VFs a PF can have; <see cref="ReadStatus.Missing"/> for a function that is no PF.</summary>
    public FileValue<int> ReadTotalVfs(PciAddress pf) => _devices.ReadInt32(new DeviceName(pf), "sriov_totalvfs"u8);

    /// <summary>A PF's SR-IOV attributes.</summary>
    public SriovAttributes ReadSriovAttributes(PciAddress pf)
    {
        var name = new DeviceName(pf);
        var autoprobe = _devices.ReadInt32(name, "sriov_drivers_autoprobe"u8);
        return new SriovAttributes(
            _devices.ReadInt32(name, "sriov_totalvfs"u8),
            _devices.ReadInt32(name, "sriov_offset"u8),
            _devices.ReadInt32(name, "sriov_stride"u8),
            ReadId(name, "sriov_vf_device"u8),
            new FileValue<bool>(autoprobe.Status, autoprobe.Value != 0));
    }

    /// <summary>The PF of a VF; <see cref="ReadStatus.Missing"/> for a function that is no VF.</summary>
    [SkipLocalsInit]
    public FileValue<PciAddress> ReadPhysicalFunction(PciAddress vf)
    {
        var status = _devices.ReadLinkName(new DeviceName(vf), "physfn"u8, stackalloc byte[DirectoryHandle.MaxPathLength], out var name);
        if (status != ReadStatus.Ok)
        {
            return new FileValue<PciAddress>(status);
        }

        return PciAddress.TryParse(name, out var pf) ? new FileValue<PciAddress>(pf) : new FileValue<PciAddress>(ReadStatus.Malformed);
    }

    /// <summary>Vendor, device, subsystem and class; the status is that of the first id that could not be read.</summary>
    public FileValue<PciIdentity> ReadIdentity(PciAddress function)
    {
        var name = new DeviceName(function);
        var vendor = ReadId(name, "vendor"u8);
        var device = ReadId(name, "device"u8);
        var subsystemVendor = ReadId(name, "subsystem_vendor"u8);
        var subsystemDevice = ReadId(name, "subsystem_device"u8);
        var code = _devices.ReadHex(name, "class"u8);
        foreach (var status in (ReadOnlySpan<ReadStatus>)[vendor.Status, device.Status, subsystemVendor.Status, subsystemDevice.Status, code.Status])
        {
            if (status != ReadStatus.Ok)
            {
                return new FileValue<PciIdentity>(status);
            }
        }

        return new FileValue<PciIdentity>(new PciIdentity(vendor.Value, device.Value, subsystemVendor.Value, subsystemDevice.Value, code.Value));
    }

    /// <summary>Name of the bound driver; <see cref="ReadStatus.Missing"/> when none is.</summary>
    public FileValue<string> ReadDriver(PciAddress function) => _devices.ReadLinkName(new DeviceName(function), "driver"u8);

    /// <summary>Number of the IOMMU group; <see cref="ReadStatus.Missing"/> without an IOMMU.</summary>
    [SkipLocalsInit]
    public FileValue<int> ReadIommuGroup(PciAddress function)
    {
        var status = _devices.ReadLinkName(new DeviceName(function), "iommu_group"u8, stackalloc byte[DirectoryHandle.MaxPathLength], out var name);
        if (status != ReadStatus.Ok)
        {
            return new FileValue<int>(status);
        }

        return Utf8Parser.TryParse(name, out int group, out var used) && used == name.Length && group >= 0
            ? new FileValue<int>(group)
            : new FileValue<int>(ReadStatus.Malformed);
    }

    /// <summary>NUMA node; null when the firmware does not tell (-1).</summary>
    public FileValue<int?> ReadNumaNode(PciAddress function)
    {
        var node = _devices.ReadInt32(new DeviceName(function), "numa_node"u8);
        return new FileValue<int?>(node.Status, node is { HasValue: true, Value: >= 0 } ? node.Value : null);
    }

    /// <summary>The link as it runs now. Ask a PF: a VF's link registers are reserved.</summary>
    public FileValue<PcieLink> ReadCurrentLink(PciAddress function) => ReadLink(function, "current_link_speed"u8, "current_link_width"u8);

    /// <summary>The most that the function's own side of the link can do.</summary>
    public FileValue<PcieLink> ReadMaxLink(PciAddress function) => ReadLink(function, "max_link_speed"u8, "max_link_width"u8);

    /// <summary>Errors of a severity that the function has reported since it was found; its link partner may have more.</summary>
    [SkipLocalsInit]
    public FileValue<ulong> ReadAerTotal(PciAddress function, AerSeverity severity)
    {
        var attribute = severity switch
        {
            AerSeverity.Correctable => "aer_dev_correctable"u8,
            AerSeverity.Nonfatal => "aer_dev_nonfatal"u8,
            _ => "aer_dev_fatal"u8,
        };
        var status = _devices.Read(new DeviceName(function), attribute, stackalloc byte[PageLength], out var text);
        if (status != ReadStatus.Ok)
        {
            return new FileValue<ulong>(status);
        }

        return AerText.TryParseTotal(text, out var total) ? new FileValue<ulong>(total) : new FileValue<ulong>(ReadStatus.Malformed);
    }

    /// <summary>
    /// Lists the netdevs of a function: none when its driver makes none, and more than one when it has several ports or representors, which
    /// <see cref="PhysicalPortName"/> tells apart. Only those of the network namespace in which sysfs was mounted are seen.
    /// </summary>
    public ReadStatus ReadNetdevs(PciAddress function, List<string> netdevs) => _devices.ReadNames(new DeviceName(function), "net"u8, netdevs);

    private FileValue<ushort> ReadId(in DeviceName function, ReadOnlySpan<byte> attribute)
    {
        var id = _devices.ReadHex(function, attribute);
        return id is { HasValue: true, Value: > ushort.MaxValue }
            ? new FileValue<ushort>(ReadStatus.Malformed)
            : new FileValue<ushort>(id.Status, (ushort)id.Value);
    }

    [SkipLocalsInit]
    private FileValue<PcieLink> ReadLink(PciAddress function, ReadOnlySpan<byte> speedAttribute, ReadOnlySpan<byte> widthAttribute)
    {
        Span<byte> buffer = stackalloc byte[64];
        var name = new DeviceName(function);
        var status = _devices.Read(name, speedAttribute, buffer, out var text);
        var speed = status == ReadStatus.Ok ? PcieLink.ParseSpeed(text) : new FileValue<int>(status);
        if (!speed.HasValue)
        {
            return new FileValue<PcieLink>(speed.Status);
        }

        status = _devices.Read(name, widthAttribute, buffer, out text);
        var width = status == ReadStatus.Ok ? PcieLink.ParseWidth(text) : new FileValue<int>(status);
        return width.HasValue ? new FileValue<PcieLink>(new PcieLink(speed.Value, width.Value)) : new FileValue<PcieLink>(width.Status);
    }

    private static bool TryParseVirtfn(ReadOnlySpan<byte> name, out int index)
    {
        index = 0;
        return name.StartsWith("virtfn"u8) && Utf8Parser.TryParse(name[6..], out index, out var used) && used == name.Length - 6 && index >= 0;
    }
}
