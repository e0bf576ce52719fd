using System.Buffers.Binary;
using SriovPulse.Core;
using SriovPulse.Linux.Netlink;
using SriovPulse.Linux.Rtnetlink;
using SriovPulse.Testing.Netlink;

namespace SriovPulse.Linux.Tests.Rtnetlink;

/// <summary>Every recording in <c>tests/fixtures/netlink</c>, answered by a kernel that knows nothing else. Its README says what each is of.</summary>
public sealed class RecordedReplyTests
{
    /// <summary>Recording, VFs, and whether the list's length has wrapped.</summary>
    private static readonly Dictionary<string, (int Vfs, bool Wrapped)> s_links = new()
    {
        ["igb_2_configured"] = (2, false),
        ["igb_2_traffic"] = (2, false),
        ["nsim_4"] = (4, false),
        ["nsim_4_skip_stats"] = (4, false),
        ["nsim_221"] = (221, false),
        ["nsim_222"] = (222, true),
        ["nsim_223"] = (223, true),
        ["nsim_256"] = (256, true),
        ["nsim_334_skip_stats"] = (334, false),
        ["nsim_335_skip_stats"] = (335, true),
        ["nsim_512"] = (512, true),
        ["nsim_512_skip_stats"] = (512, true),
    };

    private static readonly Dictionary<string, string[]> s_dumps = new()
    {
        ["igb_2_dump"] = ["lo", "eth0", "eth1", "eth2"],
        ["nsim_256_dump"] = ["lo", "eth0", "eth1", "eth2", "eth3"],
    };

    public static TheoryData<string> Links => [.. s_links.Keys];

    public static TheoryData<string> Dumps => [.. s_dumps.Keys];

    [Fact]
    public void No_recording_is_left_unread() => Assert.Equal(Capture.Names, s_links.Keys.Concat(s_dumps.Keys).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Links))]
    public void Link_has_all_its_VFs(string recording)
    {
        var (count, wrapped) = s_links[recording];
        var link = ReadLink(recording);

        Assert.Equal(count, link.NumVfs);
        Assert.Equal(wrapped, link.VfListRecovered);
        Assert.Equal(Enumerable.Range(0, count), link.Vfs.ToArray().Select(static vf => vf.Index));
        Assert.Equal(!recording.EndsWith("skip_stats", StringComparison.Ordinal), link.Vfs[^1].HasStats);

        // What stands behind the list, and what its entries would be taken for.
        Assert.Equal(recording.StartsWith("igb", StringComparison.Ordinal) ? "pci" : "netdevsim", link.ParentBusName);
        Assert.Equal(6, link.Address.Length);
    }

    [Fact]
    public void Configuration_is_what_was_set()
    {
        var link = ReadLink("igb_2_configured");

        var first = link.Vfs[0];
        Assert.Equal("52:54:00:00:01:00", first.Mac.ToString());
        Assert.Equal((100, 3, 0x8100), (first.Vlan, first.Qos, first.VlanProtocol));
        Assert.Equal((0u, 200u), (first.MinRateMbps, first.MaxRateMbps));
        Assert.True(first.Trust);
        Assert.True(first.SpoofCheck);
        Assert.Equal("52:54:00:00:01:01", link.Vfs[1].Mac.ToString());
        Assert.False(link.Vfs[1].SpoofCheck);
        Assert.False(link.Vfs[1].Trust);
    }

    [Fact]
    public void Counters_are_what_was_sent()
    {
        var link = ReadLink("igb_2_traffic");

        Assert.Equal([11150UL, 11068, 23, 22], Counters(link.Vfs[0]));
        Assert.Equal([64UL, 0, 1, 0], Counters(link.Vfs[1]));
        Assert.Equal(0, link.Vfs[0].Vlan);

        static ulong[] Counters(VfReading vf) =>
        [
            .. ((VfCounter[])[VfCounter.ReceiveBytes, VfCounter.TransmitBytes, VfCounter.ReceivePackets, VfCounter.TransmitPackets])
                .Select(counter => vf.Stats.TryGet(counter, out var value) ? value : ulong.MaxValue),
        ];
    }

    [Theory]
    [MemberData(nameof(Dumps))]
    public void Dump_has_all_links(string recording)
    {
        using var client = Client(recording);
        var links = new List<LinkReading>();

        client.DumpLinks(links);

        Assert.Equal(s_dumps[recording], links.Select(static link => link.Name));
        var pfs = links.Where(static link => link.NumVfs > 0).ToList();
        Assert.Contains(pfs, static link => link is { Name: "eth0", NumVfs: 2, Vfs.Length: 2 });
        Assert.All(pfs, static link => Assert.Equal(link.NumVfs, link.Vfs.Length));
        Assert.Equal(recording == "nsim_256_dump", links.Exists(static link => link is { VfListRecovered: true, NumVfs: 256 }));
    }

    private static LinkReading ReadLink(string recording)
    {
        var link = new LinkReading();
        using var client = Client(recording);
        client.ReadLink(BinaryPrimitives.ReadInt32LittleEndian(Capture.Payloads(recording)[0].AsSpan(4)), LinkDetail.VfsWithStats, link);
        return link;
    }

    /// <summary>A client whose kernel answers with the recording's bytes, the sequence and port of the question put in.</summary>
    private static RtnetlinkClient Client(string recording) => new(new NetlinkSession(new ScriptedKernel(request =>
    {
        var bytes = Capture.Read(recording);
        for (var at = 0; at < bytes.Length;)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at + 8), request.Sequence);
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at + 12), request.PortId);
            at += (BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at)) + 3) & ~3;
        }

        return [bytes];
    })));
}
