using System.Buffers.Binary;
using SriovPulse.Core;
using SriovPulse.Linux.Interop;
using SriovPulse.Linux.Netlink;
using SriovPulse.Linux.Rtnetlink;
using SriovPulse.Testing.Netlink;

namespace SriovPulse.Linux.Tests.Rtnetlink;

public sealed class RtnetlinkClientTests
{
    private const ushort GetLink = 18;
    private const ushort SetLink = 19;
    private const uint VfFilter = 1;
    private const uint SkipStats = 8;

    [Theory]
    [InlineData(LinkDetail.Plain, SkipStats)]
    [InlineData(LinkDetail.Vfs, VfFilter | SkipStats)]
    [InlineData(LinkDetail.VfsWithStats, VfFilter)]
    public void ReadLink_asks_once_for_one_link(LinkDetail detail, uint mask)
    {
        var kernel = new ScriptedKernel(request => [new LinkReply { NumVfs = 4 }.Answer(request)]);
        using var client = new RtnetlinkClient(new NetlinkSession(kernel));
        var link = new LinkReading();

        client.ReadLink(3, detail, link);

        Assert.Equal(4, link.Vfs.Length);
        var request = Assert.Single(kernel.Requests);
        Assert.Equal(GetLink, request.Type);
        Assert.Equal(NetlinkFlags.Request, request.Flags);
        Assert.Equal(3, IfIndex(request));
        Assert.Equal([(29, Hex(mask))], Attributes(request));
    }

    [Theory]
    [InlineData("eth1", 3)]
    [InlineData("a-name-longer-than-fifteen", 53)]
    public void ReadLink_asks_by_name_or_alternative_name(string name, int attribute)
    {
        var kernel = new ScriptedKernel(request => [new LinkReply().Answer(request)]);
        using var client = new RtnetlinkClient(new NetlinkSession(kernel));

        client.ReadLink(name, LinkDetail.Plain, new LinkReading());

        var request = Assert.Single(kernel.Requests);
        Assert.Equal(0, IfIndex(request));
        Assert.Equal([(attribute, Convert.ToHexString([.. name.Select(static c => (byte)c), 0])), (29, Hex(SkipStats))], Attributes(request));
    }

    [Fact]
    public void ReadLink_says_which_link_the_kernel_does_not_have()
    {
        using var client = Client(request => [request.Error(Errno.ENODEV)]);

        var refused = Assert.Throws<NetlinkException>(() => client.ReadLink(77, LinkDetail.Vfs, new LinkReading()));

        Assert.Equal("read link 77", refused.Operation);
        Assert.Equal(Errno.ENODEV, refused.Errno);
    }

    [Fact]
    public void ReadLink_refuses_the_answer_about_another_link()
    {
        using var client = Client(request => [new LinkReply { IfIndex = 4 }.Answer(request)]);

        Assert.Throws<NetlinkFormatException>(() => client.ReadLink(3, LinkDetail.Plain, new LinkReading()));
    }

    [Fact]
    public void ReadLink_dumps_when_the_answer_does_not_fit_a_message()
    {
        var kernel = new ScriptedKernel(static request => IsDump(request)
            ?
            [
                new LinkReply { IfIndex = 2, Name = "eth0" }.Answer(request, NetlinkFlags.Multipart),
                new LinkReply { IfIndex = 3, NumVfs = 16 }.Answer(request, NetlinkFlags.Multipart),
                new LinkReply { IfIndex = 4, Name = "eth2" }.Answer(request, NetlinkFlags.Multipart),
                request.Done(),
            ]
            : [request.Error(Errno.EMSGSIZE)]);
        using var client = new RtnetlinkClient(new NetlinkSession(kernel));
        var link = new LinkReading();

        client.ReadLink(3, LinkDetail.VfsWithStats, link);

        Assert.Equal(16, link.Vfs.Length);
        Assert.True(link.Vfs[15].HasStats);
        Assert.Equal(2, kernel.Requests.Count);

        // A dump's header must name no link.
        Assert.Equal(0, IfIndex(kernel.Requests[1]));
        Assert.Equal([(29, Hex(VfFilter))], Attributes(kernel.Requests[1]));
    }

    [Fact]
    public void ReadLink_goes_without_counters_when_a_dump_does_not_fit_either()
    {
        var kernel = new ScriptedKernel(static request => Attributes(request) is [(29, var mask)] && mask == Hex(VfFilter | SkipStats)
            ? [new LinkReply { NumVfs = 300, WithStats = false }.Answer(request)]
            : [IsDump(request) ? request.Done(Errno.EMSGSIZE) : request.Error(Errno.EMSGSIZE)]);
        using var client = new RtnetlinkClient(new NetlinkSession(kernel));
        var link = new LinkReading();

        client.ReadLink(3, LinkDetail.VfsWithStats, link);

        Assert.Equal(3, kernel.Requests.Count);
        Assert.Equal(300, link.Vfs.Length);
        Assert.False(link.Vfs[0].HasStats);
    }

    [Fact]
    public void DumpLinks_fills_the_same_objects_again()
    {
        var names = new[] { "lo", "eth0", "eth1" };
        using var client = Client(request =>
            [.. names.Select((name, i) => new LinkReply { IfIndex = i + 1, Name = name }.Answer(request, NetlinkFlags.Multipart)), request.Done()]);
        var links = new List<LinkReading>();
        client.DumpLinks(links);
        var first = links[0];

        names = ["lo", "eth7"];
        client.DumpLinks(links);

        Assert.Same(first, links[0]);
        Assert.Equal(["lo", "eth7"], links.Select(static link => link.Name));
    }

    [Fact]
    public void DumpLinks_starts_over_when_links_changed_meanwhile()
    {
        var attempt = 0;
        using var client = Client(request => attempt++ == 0
            ?
            [
                new LinkReply { IfIndex = 1, Name = "old" }.Answer(request, NetlinkFlags.Multipart),
                new LinkReply { IfIndex = 2, Name = "gone" }.Answer(request, NetlinkFlags.Multipart | NetlinkFlags.DumpInterrupted),
                request.Done(),
            ]
            : [new LinkReply { IfIndex = 1, Name = "new" }.Answer(request, NetlinkFlags.Multipart), request.Done()]);
        var links = new List<LinkReading>();

        client.DumpLinks(links);

        Assert.Equal("new", Assert.Single(links).Name);
    }

    [Fact]
    public void Each_setting_is_one_attribute_in_one_message()
    {
        var kernel = new ScriptedKernel(static request => [request.Acknowledge()]);
        using var client = new RtnetlinkClient(new NetlinkSession(kernel));

        client.SetVfMac(3, 5, new HardwareAddress([2, 0, 0, 0, 0, 9]));
        client.SetVfVlan(3, 5, 100, 2);
        client.SetVfVlan(3, 5, 100, 2, 0x88a8);
        client.SetVfRate(3, 5, 10, 200);
        client.SetVfSpoofCheck(3, 5, enabled: true);
        client.SetVfTrust(3, 5, trusted: false);
        client.SetVfLinkState(3, 5, VfLinkState.Disabled);

        byte[] vlanInfo = [.. Number(5), .. Number(100), .. Number(2), 0x88, 0xa8, 0, 0];
        (int Type, byte[] Value)[] expected =
        [
            (1, [.. Number(5), 2, 0, 0, 0, 0, 9, .. new byte[26]]),
            (2, [.. Number(5), .. Number(100), .. Number(2)]),
            (12, [20, 0, 1, 0, .. vlanInfo]),
            (6, [.. Number(5), .. Number(10), .. Number(200)]),
            (4, [.. Number(5), .. Number(1)]),
            (9, [.. Number(5), .. Number(0)]),
            (5, [.. Number(5), .. Number(2)]),
        ];
        Assert.Equal(expected.Length, kernel.Requests.Count);
        foreach (var (request, attribute) in kernel.Requests.Zip(expected))
        {
            Assert.Equal(SetLink, request.Type);
            Assert.Equal(NetlinkFlags.Request | NetlinkFlags.Acknowledge, request.Flags);
            Assert.Equal(3, IfIndex(request));
            var list = Assert.Single(Attributes(request));
            Assert.Equal(22, list.Type);
            var entry = Assert.Single(Attributes(Convert.FromHexString(list.Hex)));
            Assert.Equal(1, entry.Type);
            Assert.Equal([(attribute.Type, Convert.ToHexString(attribute.Value))], Attributes(Convert.FromHexString(entry.Hex)));
        }
    }

    [Fact]
    public void Refused_setting_names_link_and_VF_and_the_kernels_reason()
    {
        using var client = Client(static request => [request.Error(Errno.EOPNOTSUPP, "rates belong to devlink")]);

        var refused = Assert.Throws<NetlinkException>(() => client.SetVfRate(3, 5, 0, 100));

        Assert.Equal("set the rate of a VF of link 3 (VF 5)", refused.Operation);
        Assert.Equal("rates belong to devlink", refused.KernelMessage);
    }

    [Fact]
    public void Impossible_settings_are_the_callers_fault_and_never_sent()
    {
        var kernel = new ScriptedKernel(static _ => []);
        using var client = new RtnetlinkClient(new NetlinkSession(kernel));

        Assert.Throws<ArgumentException>(() => client.SetVfRate(3, 5, 200, 100));
        Assert.Throws<ArgumentOutOfRangeException>(() => client.SetVfVlan(3, 5, 4096));
        Assert.Throws<ArgumentOutOfRangeException>(() => client.SetVfTrust(3, -1, trusted: true));
        Assert.Throws<ArgumentOutOfRangeException>(() => client.SetVfTrust(0, 1, trusted: true));
        Assert.Empty(kernel.Requests);
    }

    private static RtnetlinkClient Client(Func<ScriptedRequest, IEnumerable<byte[]>> answer) => new(new NetlinkSession(new ScriptedKernel(answer)));

    private static bool IsDump(ScriptedRequest request) => request.Flags.HasFlag(NetlinkFlags.Dump);

    private static int IfIndex(ScriptedRequest request) => BinaryPrimitives.ReadInt32LittleEndian(request.Payload[4..]);

    private static string Hex(uint value) => Convert.ToHexString(Number(value));

    private static byte[] Number(uint value) => BitConverter.GetBytes(value);

    private static List<(int Type, string Hex)> Attributes(ScriptedRequest request) => Attributes(request.Payload[16..]);

    private static List<(int Type, string Hex)> Attributes(ReadOnlySpan<byte> bytes)
    {
        var found = new List<(int, string)>();
        var reader = new NetlinkAttributeReader(bytes);
        while (reader.TryRead())
        {
            found.Add((reader.Type, Convert.ToHexString(reader.Payload)));
        }

        return found;
    }
}
