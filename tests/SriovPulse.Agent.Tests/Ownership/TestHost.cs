using System.Text;
using SriovPulse.Agent.Inventory;
using SriovPulse.Agent.Metrics;
using SriovPulse.Core;
using SriovPulse.Testing;
using SriovPulse.Testing.Trees;

namespace SriovPulse.Agent.Tests.Ownership;

/// <summary>A host's root as a temporary folder, with as much of <c>/proc</c>, <c>/sys</c> and <c>/run</c> as ownership reads.</summary>
internal sealed class TestHost : IDisposable
{
    private long _revision;

    public string Root { get; } = Directory.CreateTempSubdirectory("sp-").FullName;

    public string StatusFolder => Path.Combine(Root, "run/libvirt/qemu");

    public string KubeletSocket => Path.Combine(Root, "var/lib/kubelet/pod-resources/kubelet.sock");

    public void Dispose() => Directory.Delete(Root, recursive: true);

    public string Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    public string Write(string path, byte[] content)
    {
        var full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, content);
        return full;
    }

    /// <summary>Writes a status file the way libvirt does: aside, then renamed.</summary>
    public string WriteStatus(string name, string xml)
    {
        var path = Write($"run/libvirt/qemu/{name}.xml.new", xml);
        File.Move(path, path[..^".new".Length], overwrite: true);
        return path[..^".new".Length];
    }

    public string WriteStatusFixture(string fixture) =>
        WriteStatus(fixture, File.ReadAllText(Repository.Fixture("ownership", "libvirt", fixture + ".xml")));

    /// <summary>A process with descriptors (by number from 3) and a command line.</summary>
    public void Process(int pid, string name, string[]? links = null, string[]? commandLine = null, ulong startTime = 1000, bool kernelThread = false) =>
        ProcessFiles.Write(Root, pid, name, links, commandLine, startTime, kernelThread);

    public void FdInfo(int pid, int descriptor, string text) => Write($"proc/{pid}/fdinfo/{descriptor}", text);

    public void EndProcess(int pid) => Directory.Delete(Path.Combine(Root, $"proc/{pid}"), recursive: true);

    /// <summary>A PCI device bound to a driver, in an IOMMU group, perhaps with a VFIO character device.</summary>
    public void Device(string address, string driver, int group, int? characterDevice = null)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Root, "sys/bus/pci/devices", address)).FullName;
        File.CreateSymbolicLink(Path.Combine(folder, "driver"), $"../../drivers/{driver}");
        var members = Directory.CreateDirectory(Path.Combine(Root, $"sys/kernel/iommu_groups/{group}/devices")).FullName;
        File.CreateSymbolicLink(Path.Combine(members, address), folder);
        if (characterDevice is not null)
        {
            Directory.CreateDirectory(Path.Combine(folder, "vfio-dev", $"vfio{characterDevice}"));
        }
    }

    public static byte[] CommandLine(params string[] arguments) => ProcessFiles.CommandLine(arguments);

    public static string[] Arguments(string fixture) => ProcessFiles.RecordedArguments(fixture);

    /// <summary>An inventory of one PF with these VFs.</summary>
    public HostInventory Inventory(params VirtualFunction[] vfs) => Inventory(++_revision, vfs);

    public static HostInventory Inventory(long revision, IReadOnlyList<VirtualFunction> vfs)
    {
        var pf = new PhysicalFunction
        {
            Ordinal = 0,
            Address = PciAddress.Parse("0000:3b:00.0"),
            Netdev = "eth0",
            IfIndex = 2,
            Driver = "ice",
            DevicePath = "sys/bus/pci/devices/0000:3b:00.0",
            VendorId = 0x8086,
            DeviceId = 0x1592,
            NumaNode = 0,
            SupportedVfs = 128,
            VirtualFunctions = vfs,
            Label = "eth0",
            Labels = LabelSet.Create(("pf", "eth0")),
        };
        return new HostInventory(revision, [pf], vfs.Count);
    }

    public static VirtualFunction Vf(int ordinal, string? address, string driver = "vfio-pci", string? netdev = null, int? group = null) => new()
    {
        Ordinal = ordinal,
        Index = ordinal,
        Address = address is null ? null : PciAddress.Parse(address),
        Generation = 1,
        Driver = driver,
        Netdev = netdev,
        IommuGroup = group,
        NumaNode = 0,
        Labels = LabelSet.Create(("pf", "eth0"), ("vf", $"{ordinal}")),
    };
}
