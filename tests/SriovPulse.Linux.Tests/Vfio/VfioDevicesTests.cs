using SriovPulse.Core;
using SriovPulse.Linux.Vfio;

namespace SriovPulse.Linux.Tests.Vfio;

public sealed class VfioDevicesTests : IDisposable
{
    private readonly string _sysfs = Directory.CreateTempSubdirectory("sp-sysfs-").FullName;

    public void Dispose() => Directory.Delete(_sysfs, recursive: true);

    [Fact]
    public void Group_members_are_the_devices_bound_to_a_vfio_driver()
    {
        Device("0000:01:10.2", "vfio-pci", group: 6);
        Device("0000:01:10.0", "mlx5_vfio_pci", group: 6);
        Device("0000:00:02.0", "pcieport", group: 6);
        Device("0000:01:10.4", driver: null, group: 6);
        Device("0000:01:10.6", "vfio-pci", group: 7);
        Assert.Equal(["0000:01:10.0", "0000:01:10.2"], new VfioDevices(_sysfs).GroupMembers(6)!.Select(a => a.ToString()));
    }

    [Fact]
    public void Group_members_are_unknown_when_the_group_cannot_be_read() => Assert.Null(new VfioDevices(_sysfs).GroupMembers(6));

    [Fact]
    public void Character_device_is_named_by_the_folder_in_the_device()
    {
        Device("0000:01:10.0", "vfio-pci", group: 6);
        Directory.CreateDirectory(Path.Combine(_sysfs, "bus/pci/devices/0000:01:10.0/vfio-dev/vfio3"));
        var devices = new VfioDevices(_sysfs);
        Assert.Equal(3, devices.CharacterDevice(PciAddress.Parse("0000:01:10.0")));
        Assert.Null(devices.CharacterDevice(PciAddress.Parse("0000:01:10.2")));
    }

    private void Device(string address, string? driver, int group)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_sysfs, "bus/pci/devices", address)).FullName;
        if (driver is not null)
        {
            File.CreateSymbolicLink(Path.Combine(folder, "driver"), $"../../drivers/{driver}");
        }

        var members = Directory.CreateDirectory(Path.Combine(_sysfs, $"kernel/iommu_groups/{group}/devices")).FullName;
        File.CreateSymbolicLink(Path.Combine(members, address), folder);
    }
}
