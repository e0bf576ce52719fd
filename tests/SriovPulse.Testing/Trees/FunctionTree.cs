using System.Runtime.InteropServices;
using SriovPulse.Core;

namespace SriovPulse.Testing.Trees;

/// <summary>A PCI function of a <see cref="HostTree"/>.</summary>
public sealed class FunctionTree
{
    private static readonly string[] s_counterFiles =
        ["rx_bytes", "tx_bytes", "rx_packets", "tx_packets", "rx_broadcast", "rx_multicast", "rx_dropped", "tx_dropped"];

    private readonly HostTree _host;

    internal FunctionTree(HostTree host, PciAddress address)
    {
        _host = host;
        Address = address;
        Path = $"sys/devices/pci{address.Domain:x4}:{address.Bus:x2}/{address}";
        Write("vendor", "0x8086\n");
        Write("device", "0x10c9\n");
        Write("subsystem_vendor", "0x8086\n");
        Write("subsystem_device", "0xa03c\n");
        Write("class", "0x020000\n");
        Write("numa_node", "0\n");
        host.Link($"sys/bus/pci/devices/{address}", Path);
    }

    public PciAddress Address { get; }

    /// <summary>Distance from the PF's routing id to its first VF's.</summary>
    public int VfOffset { get; init; } = 128;

    /// <summary>Distance from one VF's routing id to the next one's.</summary>
    public int VfStride { get; init; } = 2;

    /// <summary>The function's own directory below the root.</summary>
    public string Path { get; }

    /// <summary>The path by which the agent reaches it.</summary>
    public string BusPath => $"sys/bus/pci/devices/{Address}";

    /// <summary>Writes an attribute.</summary>
    public FunctionTree Write(string attribute, string content)
    {
        _host.Write($"{Path}/{attribute}", content);
        return this;
    }

    /// <summary>Removes an attribute.</summary>
    public void Remove(string attribute) => _host.Remove($"{Path}/{attribute}");

    /// <summary>Binds a driver.</summary>
    public FunctionTree SetDriver(string driver)
    {
        Directory.CreateDirectory(_host.Full($"sys/bus/pci/drivers/{driver}"));
        _host.Link($"{Path}/driver", $"sys/bus/pci/drivers/{driver}");
        return this;
    }

    /// <summary>Puts the function in an IOMMU group.</summary>
    public FunctionTree SetIommuGroup(int group)
    {
        Directory.CreateDirectory(_host.Full($"sys/kernel/iommu_groups/{group}"));
        _host.Link($"{Path}/iommu_group", $"sys/kernel/iommu_groups/{group}");
        _host.Link($"sys/kernel/iommu_groups/{group}/devices/{Address}", Path);
        return this;
    }

    /// <summary>Gives the function a netdev.</summary>
    public NetdevTree AddNetdev(string name) => _host.AddNetdev(name, Path);

    /// <summary>Makes VF N, at the address that the PF's offset and stride say.</summary>
    public FunctionTree AddVf(int index)
    {
        var vf = _host.AddFunction(VfAddress(index)).Write("device", "0x10ca\n").Write("numa_node", "-1\n");
        _host.Link($"{Path}/virtfn{index}", vf.Path);
        _host.Link($"{vf.Path}/physfn", Path);
        return vf;
    }

    /// <summary>Destroys VF N.</summary>
    public void RemoveVf(int index)
    {
        var address = VfAddress(index);
        _host.Remove($"{Path}/virtfn{index}");
        _host.Remove($"sys/bus/pci/devices/{address}");
        _host.Remove($"sys/devices/pci{address.Domain:x4}:{address.Bus:x2}/{address}");
    }

    /// <summary>
    /// Destroys VF N and makes it again. The new link is made before the old one goes: a disk's file system, unlike sysfs, would give the freed inode
    /// number to the next link.
    /// </summary>
    public void RecreateVf(int index)
    {
        var link = $"{Path}/virtfn{index}";
        _host.Link($"{link}.new", _host.AddFunction(VfAddress(index)).Path);
        if (Rename(_host.Full($"{link}.new"), _host.Full(link)) != 0)
        {
            throw new IOException($"cannot rename {link}.new: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    /// <summary>Writes a VF's statistics as Intel's out-of-tree drivers show them: a file each, with files that nobody collects among them.</summary>
    public void WriteVendorFiles(int vf, in VfCounters counters)
    {
        Write($"sriov/{vf}/mac", "00:00:00:00:00:00\n");
        Write($"sriov/{vf}/stats/tx_errors", "0\n");
        for (var i = 0; i < VfCounters.Count; i++)
        {
            if (counters.TryGet((VfCounter)i, out var value))
            {
                Write($"sriov/{vf}/stats/{s_counterFiles[i]}", $"{value}\n");
            }
        }
    }

    /// <summary>Writes a VF's statistics as Mellanox OFED shows them: lines of one file.</summary>
    public void WriteVendorFile(int vf, in VfCounters counters)
    {
        Write($"sriov/{vf}/config", "VF\n");
        Write($"sriov/{vf}/stats", VendorFile(counters));
    }

    /// <summary>The text of Mellanox OFED's <c>stats</c> file.</summary>
    public static string VendorFile(in VfCounters counters)
    {
        var text = new StringWriter();
        for (var i = 0; i < VfCounters.Count; i++)
        {
            if (counters.TryGet((VfCounter)i, out var value))
            {
                text.Write($"{s_counterFiles[i],-13} : {value}\n");
            }
        }

        text.Write("tx_broadcast  : 12\ntx_multicast  : 34\n");
        return text.ToString();
    }

    /// <summary>Removes the vendor's tree, as unloading the driver does.</summary>
    public void RemoveVendorTree() => Remove("sriov");

    private PciAddress VfAddress(int index) => Address.VirtualFunction(index, VfOffset, VfStride);

    [DllImport("libc", EntryPoint = "rename", SetLastError = true)]
    private static extern int Rename([MarshalAs(UnmanagedType.LPUTF8Str)] string from, [MarshalAs(UnmanagedType.LPUTF8Str)] string to);
}
