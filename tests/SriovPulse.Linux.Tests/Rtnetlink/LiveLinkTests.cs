using System.Globalization;
using System.Net.NetworkInformation;
using SriovPulse.Linux.Interop;
using SriovPulse.Linux.Netlink;
using SriovPulse.Linux.Rtnetlink;
using SriovPulse.Linux.Tests.Netlink;

namespace SriovPulse.Linux.Tests.Rtnetlink;

/// <summary>Links of the machine that runs the tests.</summary>
public sealed class LiveLinkTests
{
    [Theory]
    [InlineData(LinkDetail.Plain)]
    [InlineData(LinkDetail.Vfs)]
    [InlineData(LinkDetail.VfsWithStats)]
    public void Loopback_is_read_by_index_and_by_name(LinkDetail detail)
    {
        using var client = RtnetlinkClient.Open();
        var byName = new LinkReading();
        var byIndex = new LinkReading();

        client.ReadLink("lo", detail, byName);
        client.ReadLink(byName.IfIndex, detail, byIndex);

        Assert.Equal("lo", byIndex.Name);
        Assert.Equal("00:00:00:00:00:00", byIndex.Address.ToString());
        Assert.NotNull(byIndex.Mtu);
        Assert.Null(byIndex.NumVfs);
        Assert.Null(byIndex.ParentDeviceName);
        Assert.Equal(byName.IfIndex, byIndex.IfIndex);
    }

    [Fact]
    public void Dump_agrees_with_the_runtime_about_the_links()
    {
        // In a namespace of its own, as other programs may change the machine's links meanwhile.
        NetlinkSubscriptionTests.InOwnNamespace(static session =>
        {
            using var client = new RtnetlinkClient(session);
            var links = new List<LinkReading>();

            client.DumpLinks(links);

            Assert.Contains(links, static link => link.Name == "lo");
            Assert.Equal(NetworkInterface.GetAllNetworkInterfaces().Select(static i => i.Name).Order(), links.Select(static link => link.Name).Order());
        });
    }

    [Fact]
    public void Links_of_devices_read_as_sysfs_says()
    {
        using var client = RtnetlinkClient.Open();
        var links = new List<LinkReading>();
        client.DumpLinks(links);
        var link = new LinkReading();

        foreach (var listed in links.Where(static link => link.Name == "lo" || link.ParentDeviceName is not null))
        {
            client.ReadLink(listed.IfIndex, LinkDetail.VfsWithStats, link);

            var folder = $"/sys/class/net/{link.Name}";
            Assert.Equal(Text(folder, "ifindex"), link.IfIndex.ToString(CultureInfo.InvariantCulture));
            Assert.Equal(Text(folder, "mtu"), link.Mtu?.ToString(CultureInfo.InvariantCulture));
            Assert.Equal(Text(folder, "address"), link.Address.ToString());
            Assert.Equal(Text(folder, "operstate"), link.OperState.ToString().ToLowerInvariant());
            var device = Path.Combine(folder, "device");
            Assert.Equal(Path.Exists(device) ? Directory.ResolveLinkTarget(device, returnFinalTarget: true)?.Name : null, link.ParentDeviceName);
        }
    }

    [Fact]
    public void Missing_link_is_ENODEV()
    {
        using var client = RtnetlinkClient.Open();

        Assert.Equal(Errno.ENODEV, Assert.Throws<NetlinkException>(() => client.ReadLink(int.MaxValue, LinkDetail.Vfs, new LinkReading())).Errno);
        Assert.Equal(Errno.ENODEV, Assert.Throws<NetlinkException>(() => client.ReadLink("no-such-link", LinkDetail.Vfs, new LinkReading())).Errno);
    }

    [Fact]
    public void Reading_a_link_again_allocates_nothing()
    {
        using var client = RtnetlinkClient.Open();
        var link = new LinkReading();
        client.ReadLink("lo", LinkDetail.VfsWithStats, link);
        var index = link.IfIndex;
        client.ReadLink(index, LinkDetail.VfsWithStats, link);

        var before = GC.GetAllocatedBytesForCurrentThread();
        client.ReadLink(index, LinkDetail.VfsWithStats, link);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Dumping_the_same_links_again_allocates_nothing() => NetlinkSubscriptionTests.InOwnNamespace(static session =>
    {
        using var client = new RtnetlinkClient(session);
        var links = new List<LinkReading>();
        client.DumpLinks(links);
        client.DumpLinks(links);

        var before = GC.GetAllocatedBytesForCurrentThread();
        client.DumpLinks(links);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    });

    private static string Text(string folder, string file) => File.ReadAllText(Path.Combine(folder, file)).Trim();
}
