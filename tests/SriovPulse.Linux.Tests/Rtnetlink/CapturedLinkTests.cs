using SriovPulse.Core;
using SriovPulse.Linux.Netlink;
using SriovPulse.Linux.Rtnetlink;
using SriovPulse.Testing;

namespace SriovPulse.Linux.Tests.Rtnetlink;

/// <summary>Replies that real kernels (6.12, emulated igb and netdevsim) gave.</summary>
public sealed class CapturedLinkTests
{
    [Fact]
    public void Igb_with_seven_VFs()
    {
        var link = Read("igb7.bin");

        Assert.Equal("eth0", link.Name);
        Assert.Equal(2, link.IfIndex);
        Assert.Equal(LinkOperState.Up, link.OperState);
        Assert.True(link.HasCarrier);
        Assert.Equal("52:54:00:12:34:56", link.Address.ToString());
        Assert.Equal("0000:01:00.0", link.ParentDeviceName);
        Assert.Equal("pci", link.ParentBusName);
        Assert.Equal(24ul, link.Statistics.ReceivePackets);
        Assert.Equal(2254ul, link.Statistics.ReceiveBytes);
        AssertVfs(link, 7, recovered: false);
        Assert.Equal("52:4a:1a:b7:50:4e", link.Vfs[0].Mac.ToString());
        Assert.Equal(0x8100, link.Vfs[0].VlanProtocol);
        Assert.True(link.Vfs[0].SpoofCheck);
    }

    [Theory]
    [InlineData("nsim_4.bin", 4, false)]
    [InlineData("nsim_256.bin", 256, true)]
    public void Netdevsim(string file, int count, bool recovered)
    {
        var link = Read(file);

        Assert.Equal("eth1", link.Name);
        Assert.Equal("c2:c1:50:dc:72:79", link.Address.ToString());
        Assert.Equal("netdevsim1", link.ParentDeviceName);
        Assert.Equal("netdevsim", link.ParentBusName);
        Assert.Equal("p1", link.PhysPortName);
        Assert.StartsWith("bae40b2768324336", link.PhysSwitchId, StringComparison.Ordinal);
        AssertVfs(link, count, recovered);
    }

    private static void AssertVfs(LinkReading link, int count, bool recovered)
    {
        Assert.Equal(count, link.NumVfs);
        Assert.Equal(recovered, link.VfListRecovered);
        Assert.Equal(Enumerable.Range(0, count), link.Vfs.ToArray().Select(static vf => vf.Index));
        foreach (var vf in link.Vfs)
        {
            // Neither driver has per-VF counters, and the kernel sends zeros for them.
            Assert.True(vf.HasStats);
            Assert.True(vf.Stats.IsAllZero);
            Assert.True(vf.Stats.TryGet(VfCounter.ReceivePackets, out _));
            Assert.Equal(6, vf.Mac.Length);
        }
    }

    private static LinkReading Read(string file)
    {
        var path = Repository.SharedData("netlink", file);
        Assert.SkipWhen(path is null, $"the capture netlink/{file} is not on this machine");
        ReadOnlySpan<byte> datagram = File.ReadAllBytes(path);
        Assert.True(NetlinkMessage.TryTake(ref datagram, out var message));
        var link = new LinkReading();
        LinkParser.Parse(message, link);
        Assert.True(datagram.IsEmpty);
        return link;
    }
}
