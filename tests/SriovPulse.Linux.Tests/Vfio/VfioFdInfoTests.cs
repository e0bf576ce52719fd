using System.Text;
using SriovPulse.Linux.Vfio;

namespace SriovPulse.Linux.Tests.Vfio;

public sealed class VfioFdInfoTests
{
    [Theory]
    [InlineData("pos:\t0\nflags:\t02000002\nmnt_id:\t15\nino:\t1062\nvfio-device-syspath: /sys/devices/pci0000:e0/0000:e0:01.1/0000:e8:00.0\n", "0000:e8:00.0")]
    [InlineData("vfio-device-syspath: /sys/devices/pci0000:00/0000:01:10.2", "0000:01:10.2")]
    [InlineData("pos:\t0\nflags:\t02000002\nmnt_id:\t15\nino:\t1062\n", null)]
    [InlineData("vfio-device-syspath: /sys/devices/platform/soc/eth0\n", null)]
    [InlineData("x-vfio-device-syspath: /sys/devices/pci0000:00/0000:01:10.2\n", null)]
    [InlineData("", null)]
    public void VfioFdInfo_gives_the_pci_device_when_the_kernel_names_one(string text, string? expected)
    {
        Assert.Equal(expected is not null, VfioFdInfo.TryGetAddress(Encoding.UTF8.GetBytes(text), out var address));
        if (expected is not null)
        {
            Assert.Equal(expected, address.ToString());
        }
    }
}
