using System.Text;
using SriovPulse.Core;
using SriovPulse.Linux.Netlink;
using SriovPulse.Linux.Uevents;

namespace SriovPulse.Linux.Tests.Uevents;

public sealed class UeventTests
{
    [Fact]
    public void Bound_VF_is_read()
    {
        var uevent = Parse(
            "bind@/devices/pci0000:00/0000:00:01.0/0000:01:10.0|ACTION=bind|DEVPATH=/devices/pci0000:00/0000:00:01.0/0000:01:10.0|"
            + "SUBSYSTEM=pci|DRIVER=vfio-pci|PCI_CLASS=20000|PCI_ID=8086:10CA|PCI_SLOT_NAME=0000:01:10.0|SEQNUM=1842|");

        Assert.Equal("bind", uevent.Action);
        Assert.Equal("/devices/pci0000:00/0000:00:01.0/0000:01:10.0", uevent.DevicePath);
        Assert.Equal("pci", uevent.Subsystem);
        Assert.Equal(PciAddress.Parse("0000:01:10.0"), uevent.PciAddress);
        Assert.Equal("vfio-pci", uevent.Driver);
        Assert.Null(uevent.Interface);
    }

    [Fact]
    public void Removed_netdev_is_read()
    {
        var uevent = Parse("remove@/devices/virtual/net/x=y|ACTION=remove|DEVPATH=/devices/virtual/net/x=y|SUBSYSTEM=net|INTERFACE=x=y|IFINDEX=7|SEQNUM=9|");

        Assert.Equal("remove", uevent.Action);
        Assert.Equal("/devices/virtual/net/x=y", uevent.DevicePath);
        Assert.Equal("x=y", uevent.Interface);
        Assert.Null(uevent.PciAddress);
        Assert.Null(uevent.Driver);
    }

    [Theory]
    [InlineData("")]
    [InlineData("libudev|\u00fe\u00ed\u00ca\u00fe|")]
    [InlineData("add@/devices/x|ACTION=add|DEVPATH=/devices/x")]
    [InlineData("add@/devices/x|ACTION=add|")]
    [InlineData("add@/devices/x|DEVPATH=/devices/x|")]
    [InlineData("add@/devices/x|ACTION=add|DEVPATH=/devices/x|nonsense|")]
    [InlineData("@|ACTION=add|DEVPATH=/devices/x|")]
    public void What_is_no_kernel_event_is_refused(string text) => Assert.Throws<NetlinkFormatException>(() => Parse(text));

    private static Uevent Parse(string text) => Uevent.Parse(Encoding.Latin1.GetBytes(text.Replace('|', '\0')));
}
