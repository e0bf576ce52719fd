using SriovPulse.Core;
using SriovPulse.Linux.Netlink;
using SriovPulse.Linux.Rtnetlink;
using SriovPulse.Testing.Netlink;

namespace SriovPulse.Linux.Tests.Rtnetlink;

public sealed class LinkParserTests
{
    // Kernel ids of IFLA_VF_STATS beside ours.
    private static readonly (int Kernel, VfCounter Ours)[] s_counters =
    [
        (0, VfCounter.ReceivePackets),
        (1, VfCounter.TransmitPackets),
        (2, VfCounter.ReceiveBytes),
        (3, VfCounter.TransmitBytes),
        (4, VfCounter.ReceiveBroadcastPackets),
        (5, VfCounter.ReceiveMulticastPackets),
        (7, VfCounter.ReceiveDroppedPackets),
        (8, VfCounter.TransmitDroppedPackets),
    ];

    public static TheoryData<int, bool, bool, bool> Sizes { get; } = new()
    {
        // VFs, statistics, GUIDs, whether the list's length wraps
        { 0, true, false, false },
        { 0, false, false, false },
        { 4, true, false, false },
        { 4, false, false, false },
        { 221, true, false, false },
        { 222, true, false, true },
        { 223, true, false, true },
        { 256, true, false, true },
        { 443, true, false, true },
        { 512, true, false, true },
        { 222, false, false, false },
        { 334, false, false, false },
        { 335, false, false, true },
        { 443, false, false, true },
        { 512, false, false, true },
        { 195, true, true, false },
        { 196, true, true, true },
        { 277, false, true, false },
        { 278, false, true, true },
        { 4096, true, true, true },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Every_VF_is_read_however_long_the_list(int count, bool stats, bool guids, bool wraps)
    {
        var link = Parse(new LinkReply { NumVfs = count, WithStats = stats, WithGuids = guids });

        Assert.Equal(count, link.NumVfs);
        Assert.Equal(count, link.Vfs.Length);
        Assert.Equal(wraps, link.VfListRecovered);
        Assert.False(link.VfListMissing);
        for (var vf = 0; vf < count; vf++)
        {
            AssertVf(link.Vfs[vf], vf, stats, guids);
        }

        AssertLink(link);
    }

    [Theory]
    [InlineData(8, new[] { 0, 3, 7 })]
    [InlineData(256, new[] { 0, 100, 255 })]
    [InlineData(256, new[] { 255 })]
    [InlineData(512, new[] { 1, 2, 3, 510 })]
    public void VFs_that_the_driver_could_not_tell_about_are_absent(int count, int[] leftOut)
    {
        var link = Parse(new LinkReply { NumVfs = count, LeftOut = leftOut });

        Assert.Equal(count, link.NumVfs);
        var expected = Enumerable.Range(0, count).Except(leftOut).ToArray();
        Assert.Equal(expected, link.Vfs.ToArray().Select(static vf => vf.Index));
        foreach (var vf in link.Vfs)
        {
            AssertVf(vf, vf.Index, stats: true, guids: false);
        }

        AssertLink(link);
    }

    [Fact]
    public void List_is_missing_when_the_driver_tells_nothing_about_its_VFs()
    {
        var link = Parse(new LinkReply { NumVfs = 16, WithList = false });

        Assert.True(link.VfListMissing);
        Assert.Equal(16, link.NumVfs);
        Assert.True(link.Vfs.IsEmpty);
        AssertLink(link);
    }

    [Fact]
    public void Link_without_device_has_no_number_of_VFs()
    {
        var link = Parse(new LinkReply());

        Assert.Null(link.NumVfs);
        Assert.False(link.VfListMissing);
    }

    [Fact]
    public void Nothing_stays_of_the_link_that_was_read_before()
    {
        var link = Parse(new LinkReply { NumVfs = 256 });

        LinkParser.Parse(new byte[16], link);

        var empty = new LinkReading();
        Assert.Equivalent(
            (empty.IfIndex, empty.Name, empty.Mtu, empty.OperState, empty.IsAdminUp, empty.HasCarrier, empty.Address, empty.NumVfs),
            (link.IfIndex, link.Name, link.Mtu, link.OperState, link.IsAdminUp, link.HasCarrier, link.Address, link.NumVfs));
        Assert.Null(link.ParentDeviceName ?? link.ParentBusName ?? link.PhysPortName ?? link.PhysSwitchId ?? link.LinkKind);
        Assert.Equal(default, link.Statistics);
        Assert.Equal(default, link.PermanentAddress);
        Assert.Null(link.MasterIfIndex);
        Assert.True(link.Vfs.IsEmpty);
        Assert.False(link.VfListRecovered);
    }

    [Fact]
    public void Reading_the_same_link_again_allocates_nothing()
    {
        var payload = new LinkReply { NumVfs = 512, WithGuids = true, Name = "näme0" }.Payload();
        var link = new LinkReading();
        LinkParser.Parse(payload, link);
        var (name, parent) = (link.Name, link.ParentDeviceName);

        var before = GC.GetAllocatedBytesForCurrentThread();
        LinkParser.Parse(payload, link);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Same(name, link.Name);
        Assert.Same(parent, link.ParentDeviceName);
    }

    [Fact]
    public void Settings_that_the_driver_does_not_tell_are_null()
    {
        byte[] number = [2, 0, 0, 0];
        var link = ParseList(4, list => list.Nest(1, entry => entry.Put(1, [.. number, .. new byte[32]]).PutStruct(4, 2, uint.MaxValue).PutStruct(9, 2, uint.MaxValue)));

        var vf = Assert.Single(link.Vfs.ToArray());
        Assert.Equal(2, vf.Index);
        Assert.Null(vf.SpoofCheck);
        Assert.Null(vf.Trust);
        Assert.Null(vf.RssQuery);
        Assert.Null(vf.LinkState);
        Assert.Null(vf.NodeGuid);
        Assert.Equal(0, vf.VlanProtocol);
        Assert.False(vf.HasStats);
        Assert.True(vf.Mac.IsZero);
    }

    [Fact]
    public void Rate_comes_from_the_older_attribute_when_there_is_no_newer_one()
    {
        var link = ParseList(1, list => list.Nest(1, entry => entry.Put(1, new byte[36]).PutStruct(3, 0, 700)));

        Assert.Equal(700u, link.Vfs[0].MaxRateMbps);
    }

    [Theory]
    [InlineData(1, new[] { 1 })]
    [InlineData(3, new[] { 0, 0 })]
    [InlineData(3, new[] { 1, 0 })]
    public void VF_indices_that_cannot_be_are_refused(int numVfs, int[] indices)
    {
        Assert.Throws<NetlinkFormatException>(() => ParseList(numVfs, list =>
        {
            foreach (var index in indices)
            {
                list.Nest(1, entry => entry.Put(1, [.. BitConverter.GetBytes(index), .. new byte[32]]));
            }
        }));
    }

    [Fact]
    public void Stated_length_counts_where_entries_are_of_unknown_form()
    {
        // A newer kernel may put something before the VF's address.
        var link = ParseList(4, list =>
        {
            for (var vf = 0; vf < 4; vf++)
            {
                byte[] mac = [.. BitConverter.GetBytes(vf), .. new byte[32]];
                list.Nest(1, entry => (mac[0] == 2 ? entry.Put(90, 1u) : entry).Put(1, mac));
            }
        });

        Assert.Equal([0, 1, 2, 3], link.Vfs.ToArray().Select(static vf => vf.Index));
        Assert.False(link.VfListRecovered);
    }

    [Theory]
    [InlineData(12_000)]
    [InlineData(70_000)]
    [InlineData(75_000)]
    public void Wrapped_list_that_is_cut_is_refused(int length)
    {
        var payload = new LinkReply { NumVfs = 256 }.Payload()[..length];

        Assert.Throws<NetlinkFormatException>(() => LinkParser.Parse(payload, new LinkReading()));
    }

    [Fact]
    public void First_of_two_equal_attributes_counts()
    {
        byte[] payload = [.. new byte[16], .. new AttributeBytes().Put(4, 1500u).Put(4, 9000u).Put(1, [1, 2, 3, 4, 5, 6]).Put(1, new byte[16]).ToArray()];
        var link = new LinkReading();

        LinkParser.Parse(payload, link);

        Assert.Equal(1500u, link.Mtu);
        Assert.Equal("01:02:03:04:05:06", link.Address.ToString());
    }

    [Fact]
    public void Wrapped_list_of_unknown_form_is_refused_and_not_cut()
    {
        // Each entry begins with another attribute than the VF's address, so the list's end cannot be found; 256 of 256 bytes wrap to an empty list.
        byte[] payload =
        [
            .. new byte[16],
            .. new AttributeBytes().Put(1, new byte[6]).Put(21, 256u).Nest(22, list =>
            {
                for (var vf = 0; vf < 256; vf++)
                {
                    byte[] number = BitConverter.GetBytes(vf);
                    list.Nest(1, entry => entry.Put(90, new byte[208]).Put(1, [.. number, .. new byte[32]]));
                }
            }).ToArray(),
        ];

        var refused = Assert.Throws<NetlinkFormatException>(() => LinkParser.Parse(payload, new LinkReading()));

        Assert.Contains("the list of VFs is longer than its length says", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(222, 0)]
    [InlineData(223, 1)]
    [InlineData(256, 34)]
    [InlineData(512, 69)]
    public void Generated_replies_mislead_a_plain_reader_as_the_kernel_does(int count, int plainlySeen)
    {
        // The numbers were observed on a 6.12 kernel with netdevsim.
        var reader = new NetlinkAttributeReader(new LinkReply { NumVfs = count }.Payload().AsSpan(16));
        while (reader.TryRead() && reader.Type != 22)
        {
        }

        var seen = 0;
        for (var list = reader.GetNested(); list.Rest.Length >= 296 && list.TryRead(); seen++)
        {
            Assert.Equal(292, list.Payload.Length);
        }

        Assert.Equal(plainlySeen, seen);
    }

    internal static void AssertVf(VfReading vf, int index, bool stats, bool guids)
    {
        Assert.Equal(index, vf.Index);
        Assert.Equal(new HardwareAddress(LinkReply.VfAddress(index)), vf.Mac);
        Assert.Equal(100 + index, vf.Vlan);
        Assert.Equal(3, vf.Qos);
        Assert.Equal(0x88a8, vf.VlanProtocol);
        Assert.True(vf.SpoofCheck);
        Assert.False(vf.Trust);
        Assert.Null(vf.RssQuery);
        Assert.Equal(VfLinkState.Disabled, vf.LinkState);
        Assert.Equal(10u, vf.MinRateMbps);
        Assert.Equal(1000u + (uint)index, vf.MaxRateMbps);
        Assert.Equal(guids ? 0x1000UL + (ulong)index : null, vf.NodeGuid);
        Assert.Equal(guids ? 0x2000UL + (ulong)index : null, vf.PortGuid);
        Assert.Equal(stats, vf.HasStats);
        foreach (var (kernel, ours) in s_counters)
        {
            Assert.Equal(stats, vf.Stats.TryGet(ours, out var value));
            Assert.Equal(stats ? LinkReply.CounterValue(index, kernel) : 0, value);
        }
    }

    private static void AssertLink(LinkReading link)
    {
        Assert.Equal(3, link.IfIndex);
        Assert.Equal("eth1", link.Name);
        Assert.Equal(1500u, link.Mtu);
        Assert.Equal(LinkOperState.Up, link.OperState);
        Assert.True(link.IsAdminUp);
        Assert.True(link.HasCarrier);
        Assert.Equal("02:00:00:00:00:01", link.Address.ToString());
        Assert.Equal("02:00:00:00:00:01", link.PermanentAddress.ToString());
        Assert.Equal("bae40b", link.PhysSwitchId);
        Assert.Equal("p0", link.PhysPortName);
        Assert.Equal("0000:3b:00.0", link.ParentDeviceName);
        Assert.Equal("pci", link.ParentBusName);
        Assert.Null(link.LinkKind);
        Assert.Null(link.MasterIfIndex);
        Assert.Equal(1000ul, link.Statistics.ReceivePackets);
        Assert.Equal(1003ul, link.Statistics.TransmitBytes);
        Assert.Equal(1015ul, link.Statistics.ReceiveMissed);
    }

    private static LinkReading Parse(LinkReply reply)
    {
        var link = new LinkReading();
        LinkParser.Parse(reply.Payload(), link);
        return link;
    }

    private static LinkReading ParseList(int numVfs, Action<AttributeBytes> fill)
    {
        var link = new LinkReading();
        byte[] payload = [.. new byte[16], .. new AttributeBytes().Put(21, (uint)numVfs).Nest(22, fill).ToArray()];
        LinkParser.Parse(payload, link);
        return link;
    }
}
