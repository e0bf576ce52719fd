using System.Globalization;
using System.Net.NetworkInformation;
using SriovPulse.Linux.Ethtool;
using SriovPulse.Linux.GenericNetlink;
using SriovPulse.Linux.Netlink;
using SriovPulse.Testing.Networks;

namespace SriovPulse.Linux.Tests.Ethtool;

/// <summary>ethtool netlink against this machine's kernel, on veth and loopback devices in a network namespace of the test's own.</summary>
public sealed class LiveNetlinkTests
{
    private const int Loopback = 1;

    [Fact]
    public void Veth_tells_its_link_and_channels()
    {
        Assert.SkipWhen(IsolatedNetwork.Obstacle is not null, IsolatedNetwork.Obstacle ?? string.Empty);
        IsolatedNetwork.Run(static () =>
        {
            IsolatedNetwork.Execute("ip", "link", "add", "left", "index", "77", "numrxqueues", "4", "numtxqueues", "4", "type", "veth", "peer", "name", "right");
            IsolatedNetwork.Execute("ip", "link", "set", "left", "up");
            using var client = EthtoolNetlinkClient.Open();

            Assert.True(client.TryReadLinkModes(77, out var modes));
            Assert.Equal(10_000u, modes.SpeedMegabits);
            Assert.True(modes.FullDuplex);
            Assert.Null(modes.FastestSupportedMegabits);

            Assert.True(client.TryReadLinkState(77, out var state));
            Assert.False(state.IsUp);
            IsolatedNetwork.Execute("ip", "link", "set", "right", "up");
            Assert.True(client.TryReadLinkState(77, out state));
            Assert.True(state.IsUp);

            Assert.True(client.TryReadChannels(77, out var channels));
            Assert.Equal(4u, channels.Receive.Maximum);
            Assert.Equal(default, channels.Combined);
        });
    }

    [Fact]
    public void What_veth_and_loopback_do_not_have_is_an_absence()
    {
        Assert.SkipWhen(IsolatedNetwork.Obstacle is not null, IsolatedNetwork.Obstacle ?? string.Empty);
        IsolatedNetwork.Run(static () =>
        {
            IsolatedNetwork.Execute("ip", "link", "add", "left", "index", "77", "type", "veth", "peer", "name", "right");
            using var client = EthtoolNetlinkClient.Open();
            var statistics = new StandardStatistics();

            Assert.False(client.TryReadFec(77, out _));
            Assert.False(client.TryReadPause(77, out _));
            Assert.False(client.TryReadStatistics(77, StandardGroups.All, statistics));
            Assert.True(statistics.IsEmpty);
            Assert.False(client.TryReadRings(Loopback, out _));
            Assert.False(client.TryReadChannels(Loopback, out _));
        });
    }

    [Fact]
    public void Netdev_that_does_not_exist_is_an_absence()
    {
        using var client = EthtoolNetlinkClient.Open();

        Assert.False(client.TryReadLinkModes(int.MaxValue, out _));
        Assert.False(client.TryReadLinkState(int.MaxValue, out _));
        Assert.False(client.TryReadStatistics(int.MaxValue, StandardGroups.All, new StandardStatistics()));
    }

    [Fact]
    public void Repeated_reading_allocates_nothing()
    {
        using var client = EthtoolNetlinkClient.Open();
        Assert.Equal(Loopback, NetworkInterface.LoopbackInterfaceIndex);
        for (var i = 0; i < 3; i++)
        {
            Assert.True(client.TryReadLinkState(Loopback, out _));
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            client.TryReadLinkState(Loopback, out _);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Speeds_agree_with_the_names_that_the_running_kernel_gives_its_link_modes()
    {
        var names = LinkModeNames();

        Assert.True(names.Count > 90);
        foreach (var (bit, name) in names.Where(entry => entry.Bit < LinkModeSpeeds.Count))
        {
            var digits = name.TakeWhile(char.IsAsciiDigit).Count();
            var expected = name[digits..].StartsWith("base", StringComparison.Ordinal) ? uint.Parse(name[..digits], CultureInfo.InvariantCulture) : 0;
            Assert.True(LinkModeSpeeds.Megabits(bit) == expected, $"bit {bit} is {name}");
        }
    }

    // The kernel's string set of link modes (ETH_SS_LINK_MODES).
    private static List<(int Bit, string Name)> LinkModeNames()
    {
        using var session = NetlinkSession.Open(NetlinkProtocol.Generic);
        var request = new NetlinkRequest();
        new GenericNetlinkFamilies(session).Resolve("ethtool").Begin(request, command: 1);
        request.EndNested(request.BeginNested(1));
        var sets = request.BeginNested(2);
        var set = request.BeginNested(1);
        request.Put(1, 9u);
        request.EndNested(set);
        request.EndNested(sets);
        var names = new List<(int, string)>();
        session.Request(request, names, static (names, message) => Collect(new GenericNetlinkMessage(message).Read(), [2, 1, 3, 1], names));
        return names;
    }

    // Follows the nests STRINGSETS, STRINGSET, STRINGS, STRING to INDEX 1 and VALUE 2.
    private static void Collect(NetlinkAttributeReader attributes, ReadOnlySpan<ushort> path, List<(int Bit, string Name)> names)
    {
        var bit = -1;
        while (attributes.TryRead())
        {
            if (path.IsEmpty && attributes.Type == 1)
            {
                bit = attributes.GetInt32();
            }
            else if (path.IsEmpty && attributes.Type == 2)
            {
                names.Add((bit, attributes.GetString()));
            }
            else if (!path.IsEmpty && attributes.Type == path[0])
            {
                Collect(attributes.GetNested(), path[1..], names);
            }
        }
    }
}
