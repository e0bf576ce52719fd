using System.Text;
using SriovPulse.Linux.Vfio;

namespace SriovPulse.Linux.Tests.Vfio;

public sealed class VfioLinkTests
{
    [Theory]
    [InlineData("/dev/vfio/6", VfioLinkKind.Group, 6)]
    [InlineData("/dev/vfio/128 (deleted)", VfioLinkKind.Group, 128)]
    [InlineData("/dev/vfio/devices/vfio12", VfioLinkKind.CharacterDevice, 12)]
    [InlineData("anon_inode:[vfio-device]", VfioLinkKind.Device, 0)]
    [InlineData("/dev/vfio/vfio", VfioLinkKind.None, 0)]
    [InlineData("/dev/vfio/noiommu-3", VfioLinkKind.None, 0)]
    [InlineData("/dev/vfio/devices/vfio", VfioLinkKind.None, 0)]
    [InlineData("/dev/vfio/devices/vfio1x", VfioLinkKind.None, 0)]
    [InlineData("/dev/vfio/-1", VfioLinkKind.None, 0)]
    [InlineData("/dev/kvm", VfioLinkKind.None, 0)]
    [InlineData("/tmp/dev/vfio/6", VfioLinkKind.None, 0)]
    [InlineData("anon_inode:[eventfd]", VfioLinkKind.None, 0)]
    [InlineData("", VfioLinkKind.None, 0)]
    public void VfioLink_reads_what_a_descriptor_points_to(string target, VfioLinkKind kind, int number) =>
        Assert.Equal(new VfioLink(kind, number), VfioLink.Parse(Encoding.UTF8.GetBytes(target)));
}
