using SriovPulse.Core;
using SriovPulse.Linux.Files;
using SriovPulse.Linux.Sysfs;

namespace SriovPulse.Linux.Tests.Sysfs;

/// <summary>The running kernel's own sysfs, whatever this machine has.</summary>
public sealed class RealSysfsTests
{
    [Fact]
    public void Pci_functions_are_those_of_the_kernel()
    {
        if (!Directory.Exists("/sys/bus/pci/devices"))
        {
            Assert.Skip("this machine has no PCI bus in /sys");
        }

        using var root = DirectoryHandle.Open("/");
        using var bus = new PciBus(root);
        var functions = new List<PciAddress>();
        Assert.Equal(ReadStatus.Ok, bus.ReadFunctions(functions));
        Assert.Equal(Directory.GetFileSystemEntries("/sys/bus/pci/devices").Select(Path.GetFileName).Order(), functions.Select(f => f.ToString()).Order());
        foreach (var function in functions)
        {
            var folder = $"/sys/bus/pci/devices/{function}";
            var vendor = File.ReadAllText($"{folder}/vendor").Trim();
            Assert.Equal(vendor, $"0x{bus.ReadIdentity(function).Value.Vendor:x4}");
            var driver = new FileInfo($"{folder}/driver").LinkTarget;
            Assert.Equal(driver is null ? ReadStatus.Missing : ReadStatus.Ok, bus.ReadDriver(function).Status);
            Assert.Equal(driver is null ? null : Path.GetFileName(driver), bus.ReadDriver(function).Value);
            Assert.Equal(File.Exists($"{folder}/sriov_totalvfs") ? ReadStatus.Ok : ReadStatus.Missing, bus.ReadTotalVfs(function).Status);
            Assert.NotEqual(ReadStatus.Malformed, bus.ReadCurrentLink(function).Status);
            Assert.NotEqual(ReadStatus.Malformed, bus.ReadMaxLink(function).Status);
            Assert.NotEqual(ReadStatus.Malformed, bus.ReadAerTotal(function, AerSeverity.Correctable).Status);
            Assert.NotEqual(ReadStatus.Malformed, bus.ReadNumaNode(function).Status);
            Assert.NotEqual(ReadStatus.Malformed, bus.ReadIommuGroup(function).Status);
        }
    }

    [Fact]
    public void Netdevs_are_those_of_the_kernel()
    {
        if (!Directory.Exists("/sys/class/net/lo"))
        {
            Assert.Skip("this machine has no /sys/class/net/lo");
        }

        using var root = DirectoryHandle.Open("/");
        using var devices = new NetworkDevices(root);
        var names = new List<string>();
        Assert.Equal(ReadStatus.Ok, devices.ReadNames(names));
        Assert.Contains("lo", names);
        Assert.Equal(new FileValue<int>(1), devices.ReadIfIndex("lo"));
        Assert.Equal(ReadStatus.Missing, devices.ReadDevice("lo").Status);
        Assert.Equal(ReadStatus.Ok, devices.ReadVfCounters("lo", out var counters));
        Assert.True(counters.TryGet(VfCounter.ReceivePackets, out _));
        using var statistics = new VendorVfStatistics(root, "sys/class/net/lo/device");
        var status = new ReadStatus[1];
        Assert.Equal(ReadStatus.Missing, statistics.Read([0], new VfCounters[1], status));
        Assert.Equal(ReadStatus.Missing, status[0]);
    }
}
