using SriovPulse.Linux.GenericNetlink;
using SriovPulse.Linux.Interop;
using SriovPulse.Linux.Netlink;

namespace SriovPulse.Linux.Tests.Netlink;

/// <summary>The session against the kernel that runs the tests.</summary>
public sealed class LiveKernelTests
{
    private const ushort GetLink = 18;

    [Fact]
    public void Dump_sees_the_loopback_link()
    {
        using var session = NetlinkSession.Open(NetlinkProtocol.Route);
        var names = new List<string>();

        session.Dump(LinkRequest(0), names, AddName, static names => names.Clear());

        Assert.Contains("lo", names);
    }

    [Fact]
    public void Request_is_refused_with_the_error_number_when_the_link_does_not_exist()
    {
        using var session = NetlinkSession.Open(NetlinkProtocol.Route);

        var refused = Assert.Throws<NetlinkException>(() => session.Request(LinkRequest(int.MaxValue), new List<string>(), AddName));

        Assert.Equal(Errno.ENODEV, refused.Errno);
        Assert.Equal("ENODEV", refused.ErrnoName);
        Assert.StartsWith("read a link: ENODEV (", refused.Message, StringComparison.Ordinal);
        Assert.NotEqual(0u, refused.Sequence);
    }

    [Fact]
    public void Session_goes_on_after_a_handler_threw_in_a_dump()
    {
        using var session = NetlinkSession.Open(NetlinkProtocol.Route);
        Assert.Throws<HandlerException>(() =>
            session.Dump(LinkRequest(0), 0, static (_, _) => throw new HandlerException(), static _ => { }));
        var names = new List<string>();

        session.Dump(LinkRequest(0), names, AddName, static names => names.Clear());

        Assert.Contains("lo", names);
    }

    [Fact]
    public void Kernel_explains_what_it_does_not_like()
    {
        using var session = NetlinkSession.Open(NetlinkProtocol.Route);
        var request = LinkRequest(1);

        // IFLA_MTU makes no sense in a strictly checked RTM_GETLINK.
        request.Put(4, 1500u);

        var refused = Assert.Throws<NetlinkException>(() => session.Request(request, new List<string>(), AddName));

        Assert.Equal(Errno.EINVAL, refused.Errno);
        Assert.False(string.IsNullOrEmpty(refused.KernelMessage));
        Assert.Contains(refused.KernelMessage, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Families_are_found_by_name_and_a_missing_one_is_an_answer()
    {
        using var session = NetlinkSession.Open(NetlinkProtocol.Generic);
        var families = new GenericNetlinkFamilies(session);

        var control = families.Resolve("nlctrl");

        Assert.Equal(0x10, control.Id);
        Assert.Equal(2, control.Version);
        Assert.True(control.MulticastGroups.ContainsKey("notify"));
        Assert.Same(control, families.Resolve("nlctrl"));
        Assert.False(families.TryResolve("no-such-family", out _));
        Assert.Equal(Errno.ENOENT, Assert.Throws<NetlinkException>(() => families.Resolve("no-such-family")).Errno);
    }

    private static NetlinkRequest LinkRequest(int ifIndex)
    {
        var request = new NetlinkRequest { Operation = "read a link" };
        request.Begin(GetLink);
        request.Append([0, 0, 0, 0, .. BitConverter.GetBytes(ifIndex), 0, 0, 0, 0, 0, 0, 0, 0]);
        return request;
    }

    private static void AddName(List<string> names, NetlinkMessage message)
    {
        var reader = new NetlinkAttributeReader(message.Payload[16..]);
        while (reader.TryRead())
        {
            if (reader.Type == 3)
            {
                names.Add(reader.GetString());
            }
        }
    }

    private sealed class HandlerException : Exception;
}
