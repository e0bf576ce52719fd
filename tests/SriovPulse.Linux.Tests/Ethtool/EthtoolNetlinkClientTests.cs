using SriovPulse.Linux.Ethtool;
using SriovPulse.Linux.Interop;
using SriovPulse.Linux.Netlink;
using SriovPulse.Testing.GenericNetlink;
using SriovPulse.Testing.Netlink;

namespace SriovPulse.Linux.Tests.Ethtool;

public sealed class EthtoolNetlinkClientTests
{
    private const byte LinkModesGet = 4;
    private const byte PauseGet = 21;
    private const byte StatsGet = 32;

    [Fact]
    public void Request_names_the_netdev_and_asks_for_compact_bitsets()
    {
        var family = Family(request => [ScriptedFamily.Reply(request, LinkModesGet, new AttributeBytes().Put(5, 10_000u))]);
        using var client = Client(family);

        Assert.True(client.TryReadLinkModes(7, out var reading));

        Assert.Equal(10_000u, reading.SpeedMegabits);
        var request = Assert.Single(family.Requests);
        Assert.Equal(LinkModesGet, ScriptedFamily.Command(request));
        Assert.Equal((7u, 1u), Header(request, 1));
    }

    [Fact]
    public void Pause_is_asked_with_its_statistics()
    {
        var family = Family(request => [ScriptedFamily.Reply(request, PauseGet, new AttributeBytes().Put(3, (byte)1))]);
        using var client = Client(family);

        Assert.True(client.TryReadPause(3, out _));

        Assert.Equal((3u, 1u | 4u), Header(family.Requests[0], 1));
    }

    [Fact]
    public void Statistics_are_asked_by_group()
    {
        var family = Family(request =>
            [ScriptedFamily.Reply(request, StatsGet + 1, new AttributeBytes().Nest(4, g => g.Put(2, 1u).Nest(4, s => s.Put(3, 42ul))))]);
        using var client = Client(family);
        var reading = new StandardStatistics();

        Assert.True(client.TryReadStatistics(5, StandardGroups.Mac | StandardGroups.Rmon, reading));

        Assert.True(reading.TryGet(StandardStatistic.FramesReceived, out var frames));
        Assert.Equal(42ul, frames);
        var request = Assert.Single(family.Requests);
        Assert.Equal((5u, 1u), Header(request, 2));
        var attributes = ScriptedFamily.Attributes(request);
        var groups = (Size: 0u, Value: 0u);
        while (attributes.TryRead())
        {
            if (attributes.Type == 3)
            {
                var bitset = attributes.GetNested();
                while (bitset.TryRead())
                {
                    groups = bitset.Type switch
                    {
                        2 => groups with { Size = bitset.GetUInt32() },
                        4 => groups with { Value = bitset.GetUInt32() },
                        _ => groups,
                    };
                }
            }
        }

        Assert.Equal((4u, 0b1010u), groups);
    }

    [Fact]
    public void Statistics_of_which_the_driver_tells_none_are_an_absence()
    {
        var family = Family(request => [ScriptedFamily.Reply(request, StatsGet + 1, new AttributeBytes().Nest(4, g => g.Put(2, 1u)))]);
        using var client = Client(family);

        Assert.False(client.TryReadStatistics(5, StandardGroups.Mac, new StandardStatistics()));
    }

    [Fact]
    public void What_a_driver_refused_is_not_asked_again_until_forgotten()
    {
        var family = Family(request => [request.Error(Errno.EOPNOTSUPP)]);
        using var client = Client(family);

        Assert.False(client.TryReadFec(2, out var reading));
        Assert.False(client.TryReadFec(2, out _));
        Assert.Equal(default, reading);
        Assert.Single(family.Requests);

        Assert.False(client.TryReadFec(3, out _));
        Assert.False(client.TryReadRings(2, out _));
        Assert.Equal(3, family.Requests.Count);

        client.Forget();
        Assert.False(client.TryReadFec(2, out _));
        Assert.Equal(4, family.Requests.Count);
    }

    [Fact]
    public void Netdev_that_is_gone_is_an_absence_and_asked_again()
    {
        var family = Family(request => [request.Error(Errno.ENODEV)]);
        using var client = Client(family);

        Assert.False(client.TryReadLinkState(2, out _));
        Assert.False(client.TryReadLinkState(2, out _));

        Assert.Equal(2, family.Requests.Count);
    }

    [Fact]
    public void Other_refusal_names_the_netdev_and_keeps_the_kernels_words()
    {
        var family = Family(request => [request.Error(Errno.EBUSY, "firmware is being updated")]);
        using var client = Client(family);

        var error = Assert.Throws<NetlinkException>(() => client.TryReadChannels(9, out _));

        Assert.Equal(Errno.EBUSY, error.Errno);
        Assert.Equal("firmware is being updated", error.KernelMessage);
        Assert.Contains("netdev 9", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Malformed_reply_is_a_format_error_and_the_client_goes_on()
    {
        var spoilt = true;
        var family = Family(request =>
            [ScriptedFamily.Reply(request, LinkModesGet, spoilt ? [9, 0, 5, 0] : new AttributeBytes().Put(5, 1_000u).ToArray())]);
        using var client = Client(family);

        Assert.Throws<NetlinkFormatException>(() => client.TryReadLinkModes(1, out _));
        spoilt = false;

        Assert.True(client.TryReadLinkModes(1, out var reading));
        Assert.Equal(1_000u, reading.SpeedMegabits);
    }

    [Fact]
    public void Kernel_without_the_family_has_nothing_to_tell_and_is_asked_once()
    {
        var kernel = new ScriptedKernel(static request => [request.Error(Errno.ENOENT)]);
        using var client = new EthtoolNetlinkClient(new NetlinkSession(kernel));

        Assert.False(client.TryReadLinkModes(1, out _));
        Assert.False(client.TryReadRings(1, out _));

        Assert.Single(kernel.Requests);
    }

    [Fact]
    public void Disposing_the_client_closes_its_session()
    {
        var family = Family(static _ => []);

        Client(family).Dispose();

        Assert.True(family.Kernel.IsDisposed);
    }

    private static ScriptedFamily Family(Func<ScriptedRequest, IEnumerable<byte[]>> answer) => new("ethtool", answer);

    private static EthtoolNetlinkClient Client(ScriptedFamily family) => new(new NetlinkSession(family.Kernel));

    private static (uint IfIndex, uint Flags) Header(ScriptedRequest request, ushort type)
    {
        var found = (IfIndex: 0u, Flags: 0u);
        var attributes = ScriptedFamily.Attributes(request);
        while (attributes.TryRead())
        {
            if (attributes.Type != type)
            {
                continue;
            }

            var header = attributes.GetNested();
            while (header.TryRead())
            {
                found = header.Type switch
                {
                    1 => found with { IfIndex = header.GetUInt32() },
                    3 => found with { Flags = header.GetUInt32() },
                    _ => found,
                };
            }
        }

        return found;
    }
}
