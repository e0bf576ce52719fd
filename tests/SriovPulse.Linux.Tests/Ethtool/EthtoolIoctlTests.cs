using SriovPulse.Linux.Ethtool;
using SriovPulse.Linux.Interop;
using SriovPulse.Testing.Ethtool;

namespace SriovPulse.Linux.Tests.Ethtool;

public sealed class EthtoolIoctlTests
{
    [Fact]
    public void Driver_tells_its_name_and_firmware()
    {
        using var ioctl = new ScriptedDriver("eth0") { Driver = "mlx5_core", Firmware = "22.39.2048 (MT_0000000359)" }.Open();

        Assert.True(ioctl.TryReadDriver("eth0", out var information));

        Assert.Equal(new DriverInformation("mlx5_core", "", "22.39.2048 (MT_0000000359)", "0000:01:00.0"), information);
    }

    [Fact]
    public void Answer_of_one_driver_does_not_show_in_the_next()
    {
        var driver = new ScriptedDriver("eth0") { Firmware = "a long firmware version" };
        using var ioctl = driver.Open();
        Assert.True(ioctl.TryReadDriver("eth0", out _));
        driver.Firmware = string.Empty;

        Assert.True(ioctl.TryReadDriver("eth0", out var information));

        Assert.Equal(string.Empty, information.FirmwareVersion);
    }

    [Fact]
    public void Netdev_that_is_gone_is_an_absence()
    {
        using var ioctl = new ScriptedDriver("eth0").Open();

        Assert.False(ioctl.TryReadDriver("eth1", out var information));
        Assert.Equal(default, information);
    }

    [Fact]
    public void Other_error_is_the_kernels()
    {
        using var ioctl = new ScriptedDriver("eth0") { Refusal = static _ => Errno.EBUSY }.Open();

        var error = Assert.Throws<EthtoolException>(() => ioctl.TryReadDriver("eth0", out _));

        Assert.Equal(Errno.EBUSY, error.ErrorNumber);
        Assert.Equal("read the driver of eth0", error.Operation);
    }
}
