using SriovPulse.Linux.Ethtool;
using SriovPulse.Testing.Networks;

namespace SriovPulse.Linux.Tests.Ethtool;

/// <summary>The ioctl against this machine's kernel, on veth and loopback devices in a network namespace of the test's own.</summary>
public sealed class LiveIoctlTests
{
    [Fact]
    public void Veth_tells_its_driver_and_private_statistics()
    {
        Assert.SkipWhen(IsolatedNetwork.Obstacle is not null, IsolatedNetwork.Obstacle ?? string.Empty);
        IsolatedNetwork.Run(static () =>
        {
            IsolatedNetwork.Execute("ip", "link", "add", "left", "numrxqueues", "2", "numtxqueues", "2", "type", "veth", "peer", "name", "right");
            using var ioctl = new EthtoolIoctl();
            using var statistics = ioctl.PrivateStatistics("left");

            Assert.True(ioctl.TryReadDriver("left", out var information));
            Assert.Equal("veth", information.Driver);

            Assert.True(statistics.TryRead(out var values));
            Assert.Equal(statistics.Names.Count, values.Length);
            var peer = statistics.Names.IndexOf("peer_ifindex"u8);
            Assert.True(peer >= 0);
            Assert.True(values[peer] > 0);
            Assert.True(statistics.Names.IndexOf("rx_queue_0_xdp_packets"u8) > 0);
        });
    }

    [Fact]
    public void Names_follow_a_change_of_queues()
    {
        Assert.SkipWhen(IsolatedNetwork.Obstacle is not null, IsolatedNetwork.Obstacle ?? string.Empty);
        IsolatedNetwork.Run(static () =>
        {
            IsolatedNetwork.Execute("ip", "link", "add", "left", "numrxqueues", "1", "type", "veth", "peer", "name", "right");
            using var ioctl = new EthtoolIoctl();
            using var statistics = ioctl.PrivateStatistics("left");
            Assert.True(statistics.TryRead(out var few));
            var count = few.Length;

            // Another device takes the name, with more queues.
            IsolatedNetwork.Execute("ip", "link", "delete", "left");
            Assert.False(statistics.TryRead(out _));
            IsolatedNetwork.Execute("ip", "link", "add", "left", "numrxqueues", "4", "type", "veth", "peer", "name", "right");

            Assert.True(statistics.TryRead(out var many));
            Assert.True(many.Length > count);
            Assert.Equal(many.Length, statistics.Names.Count);
        });
    }

    [Fact]
    public void More_queues_behind_the_same_name_are_noticed_by_the_count()
    {
        Assert.SkipWhen(IsolatedNetwork.Obstacle is not null, IsolatedNetwork.Obstacle ?? string.Empty);
        IsolatedNetwork.Run(static () =>
        {
            IsolatedNetwork.Execute("ip", "link", "add", "left", "numrxqueues", "1", "type", "veth", "peer", "name", "right");
            using var ioctl = new EthtoolIoctl();
            using var statistics = ioctl.PrivateStatistics("left");
            Assert.True(statistics.TryRead(out var few));
            var count = few.Length;
            IsolatedNetwork.Execute("ip", "link", "delete", "left");
            IsolatedNetwork.Execute("ip", "link", "add", "left", "numrxqueues", "300", "type", "veth", "peer", "name", "right");

            // The reader has not heard of it: room for one queue, more than a page of values.
            Assert.True(statistics.TryRead(out var many));

            Assert.True(many.Length > count + 512);
            Assert.Equal(many.Length, statistics.Names.Count);
        });
    }

    [Fact]
    public void Loopback_has_no_private_statistics()
    {
        using var ioctl = new EthtoolIoctl();
        using var statistics = ioctl.PrivateStatistics("lo");

        Assert.False(statistics.TryRead(out _));
        Assert.Equal(0, statistics.Names.Count);
    }

    [Theory]
    [InlineData("no-such-netdev")]
    [InlineData("a-name-that-no-netdev-could-have")]
    [InlineData("")]
    public void Netdev_that_does_not_exist_is_an_absence(string netdev)
    {
        using var ioctl = new EthtoolIoctl();
        using var statistics = ioctl.PrivateStatistics(netdev);

        Assert.False(ioctl.TryReadDriver(netdev, out _));
        Assert.False(statistics.TryRead(out _));
    }

    [Fact]
    public void Repeated_reading_of_a_real_netdev_allocates_nothing()
    {
        Assert.SkipWhen(IsolatedNetwork.Obstacle is not null, IsolatedNetwork.Obstacle ?? string.Empty);
        IsolatedNetwork.Run(static () =>
        {
            IsolatedNetwork.Execute("ip", "link", "add", "left", "type", "veth", "peer", "name", "right");
            using var ioctl = new EthtoolIoctl();
            using var statistics = ioctl.PrivateStatistics("left");
            for (var i = 0; i < 3; i++)
            {
                Assert.True(statistics.TryRead(out _));
            }

            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100; i++)
            {
                statistics.TryRead(out _);
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        });
    }
}
