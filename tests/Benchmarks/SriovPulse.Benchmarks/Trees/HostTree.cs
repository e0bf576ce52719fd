using System.Globalization;
using System.Text;

namespace SriovPulse.Benchmarks.Trees;

/// <summary>
/// A made-up host below a directory: what an exporter given that directory as its root reads of sysfs. Laid out as the kernel does
/// (Documentation/PCI/pci-iov-howto.rst): devices below <c>sys/devices</c>, links to them from <c>sys/bus</c> and <c>sys/class</c>.
/// </summary>
internal sealed class HostTree
{
    private const int OtherPciFunctions = 24;
    private const int FirstVfOffset = 16;

    private readonly StatisticsForm _form;

    private HostTree(string root, TreeShape shape, StatisticsForm form)
    {
        Root = root;
        Shape = shape;
        _form = form;
    }

    public string Root { get; }

    public TreeShape Shape { get; }

    /// <summary>Makes the tree; what was there is removed.</summary>
    public static HostTree Create(string root, TreeShape shape, StatisticsForm form)
    {
        if (Directory.Exists(root))
        {
            Directory.Delete(root, recursive: true);
        }

        var tree = new HostTree(Path.GetFullPath(root), shape, form);
        tree.CreateHost();
        for (var pf = 0; pf < shape.PhysicalFunctions; pf++)
        {
            tree.CreatePhysicalFunction(pf);
        }

        for (var i = 0; i < OtherPciFunctions; i++)
        {
            tree.CreatePciFunction(string.Create(CultureInfo.InvariantCulture, $"0000:00:{i:x2}.0"), "0x060400", "pcieport");
        }

        return tree;
    }

    /// <summary>Netdev of a PF.</summary>
    public static string Netdev(int pf) => string.Create(CultureInfo.InvariantCulture, $"ens{pf + 1}f0");

    /// <summary>The statistics directory (Intel) or file (Mellanox) of a VF.</summary>
    public string Statistics(int pf, int vf) =>
        Path.Combine(Device(PfAddress(pf)), "sriov", vf.ToString(CultureInfo.InvariantCulture), "stats");

    /// <summary>Takes a VF away as the kernel does, or brings it back.</summary>
    public void SetPresent(int pf, int vf, bool present)
    {
        var link = Path.Combine(Device(PfAddress(pf)), $"virtfn{vf}");
        var statistics = Path.GetDirectoryName(Statistics(pf, vf))!;
        var aside = statistics + ".gone";
        if (present)
        {
            Directory.Move(aside, statistics);
            Link(link, $"../{VfAddress(pf, vf)}");
        }
        else
        {
            File.Delete(link);
            Directory.Move(statistics, aside);
        }
    }

    private static string PfAddress(int pf) => string.Create(CultureInfo.InvariantCulture, $"0000:{0x20 + (pf * 4):x2}:00.0");

    private static string VfAddress(int pf, int vf)
    {
        var function = FirstVfOffset + vf;
        return string.Create(CultureInfo.InvariantCulture, $"0000:{0x20 + (pf * 4):x2}:{function >> 3:x2}.{function & 7}");
    }

    private static void Link(string path, string target) => File.CreateSymbolicLink(path, target);

    private static void Write(string directory, params ReadOnlySpan<(string Name, string Value)> files)
    {
        Directory.CreateDirectory(directory);
        foreach (var (name, value) in files)
        {
            File.WriteAllText(Path.Combine(directory, name), value + "\n");
        }
    }

    private string Device(string address) => Path.Combine(Root, "sys/devices", $"pci{address[..7]}", address);

    private void CreateHost()
    {
        Write(Path.Combine(Root, "etc"), ("machine-id", "0123456789abcdef0123456789abcdef"), ("hostname", "bench"));
        Write(Path.Combine(Root, "proc/sys/kernel"), ("hostname", "bench"), ("osrelease", "6.12.0-bench"));
        Write(Path.Combine(Root, "proc"), ("meminfo", "MemTotal:       263842816 kB\nMemFree:        131921408 kB\nMemAvailable:   197882112 kB"));
        Write(Path.Combine(Root, "sys/devices/system/cpu"), ("online", "0-63"), ("present", "0-63"));
        foreach (var directory in (string[])["sys/bus/pci/devices", "sys/bus/pci/drivers", "sys/class/net", "sys/kernel/iommu_groups"])
        {
            Directory.CreateDirectory(Path.Combine(Root, directory));
        }
    }

    private string CreatePciFunction(string address, string pciClass, string driver)
    {
        var device = Device(address);
        Write(
            device,
            ("vendor", "0x8086"), ("device", "0x1592"), ("class", pciClass), ("numa_node", "0"), ("enable", "1"),
            ("current_link_speed", "16.0 GT/s PCIe"), ("current_link_width", "16"), ("max_link_speed", "16.0 GT/s PCIe"), ("max_link_width", "16"));
        Directory.CreateDirectory(Path.Combine(Root, "sys/bus/pci/drivers", driver));
        Link(Path.Combine(device, "driver"), $"../../../bus/pci/drivers/{driver}");
        Link(Path.Combine(device, "subsystem"), "../../../bus/pci");
        Link(Path.Combine(Root, "sys/bus/pci/devices", address), $"../../../devices/pci{address[..7]}/{address}");
        return device;
    }

    private void CreatePhysicalFunction(int pf)
    {
        var device = CreatePciFunction(PfAddress(pf), "0x020000", _form == StatisticsForm.Intel ? "ice" : "mlx5_core");
        var count = Shape.VirtualFunctions.ToString(CultureInfo.InvariantCulture);
        Write(
            device,
            ("sriov_totalvfs", "240"), ("sriov_numvfs", count), ("sriov_offset", FirstVfOffset.ToString(CultureInfo.InvariantCulture)),
            ("sriov_stride", "1"), ("sriov_vf_device", "1889"), ("sriov_drivers_autoprobe", "0"), ("sriov_vf_total_msix", "2048"));
        CreateNetdev(device, pf);
        for (var vf = 0; vf < Shape.VirtualFunctions; vf++)
        {
            CreateVirtualFunction(device, pf, vf);
        }
    }

    private void CreateNetdev(string device, int pf)
    {
        var name = Netdev(pf);
        var netdev = Path.Combine(device, "net", name);
        Write(
            netdev,
            ("ifindex", (1000 + pf).ToString(CultureInfo.InvariantCulture)), ("mtu", "9000"), ("speed", "100000"), ("operstate", "up"), ("carrier", "1"),
            ("address", string.Create(CultureInfo.InvariantCulture, $"52:54:00:10:00:{pf:x2}")), ("type", "1"), ("flags", "0x1003"));
        foreach (var statistic in (string[])
            ["rx_bytes", "tx_bytes", "rx_packets", "tx_packets", "rx_errors", "tx_errors", "rx_dropped", "tx_dropped", "multicast"])
        {
            Write(Path.Combine(netdev, "statistics"), (statistic, "123456789"));
        }

        Link(Path.Combine(netdev, "device"), $"../../../{PfAddress(pf)}");
        Link(Path.Combine(Root, "sys/class/net", name), $"../../devices/pci{PfAddress(pf)[..7]}/{PfAddress(pf)}/net/{name}");
    }

    private void CreateVirtualFunction(string pfDevice, int pf, int vf)
    {
        var group = ((pf * Shape.VirtualFunctions) + vf + 40).ToString(CultureInfo.InvariantCulture);
        var device = CreatePciFunction(VfAddress(pf, vf), "0x020000", "vfio-pci");
        Link(Path.Combine(device, "physfn"), $"../{PfAddress(pf)}");
        Link(Path.Combine(device, "iommu_group"), $"../../../kernel/iommu_groups/{group}");
        Directory.CreateDirectory(Path.Combine(Root, "sys/kernel/iommu_groups", group, "devices"));
        Link(Path.Combine(pfDevice, $"virtfn{vf}"), $"../{VfAddress(pf, vf)}");

        var statistics = Statistics(pf, vf);
        if (_form == StatisticsForm.Intel)
        {
            Directory.CreateDirectory(statistics);
            for (var i = 0; i < VfStatistics.Files.Count; i++)
            {
                File.WriteAllText(Path.Combine(statistics, VfStatistics.Files[i].File), VfStatistics.Text(pf, vf, i));
            }

            return;
        }

        var lines = new StringBuilder();
        for (var i = 0; i < VfStatistics.Files.Count; i++)
        {
            lines.Append(CultureInfo.InvariantCulture, $"{VfStatistics.Files[i].File,-15}: {VfStatistics.Text(pf, vf, i)}");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(statistics)!);
        File.WriteAllText(statistics, lines.ToString());
    }
}
