using SriovPulse.Linux.Netlink;
using SriovPulse.Testing.Netlink;

namespace SriovPulse.Linux.Tests.Netlink;

public sealed class NetlinkRequestTests
{
    [Fact]
    public void Message_has_the_layout_of_the_kernels_headers()
    {
        var request = new NetlinkRequest();

        request.Begin(0x1234, NetlinkFlags.Acknowledge);
        request.Append([1, 2, 3]);
        Fill(request);

        byte[] attributes = [1, 2, 3, 0, .. Expected()];
        Assert.Equal(ScriptedRequest.Build(0x1234, 4, 0, 0, attributes), request.Message.ToArray());
    }

    [Fact]
    public void Nothing_of_an_earlier_message_stays_in_a_reused_request()
    {
        var request = new NetlinkRequest();
        request.Begin(1);
        request.Put(1, Enumerable.Repeat((byte)0xff, 1000).ToArray());

        request.Begin(2);
        Fill(request);

        Assert.Equal(ScriptedRequest.Build(2, 0, 0, 0, Expected()), request.Message.ToArray());
    }

    [Fact]
    public void Reused_request_allocates_nothing()
    {
        var request = new NetlinkRequest();
        request.Begin(1);
        Fill(request);

        var before = GC.GetAllocatedBytesForCurrentThread();
        request.Begin(1);
        Fill(request);
        _ = request.Message;

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Nested_attribute_carries_the_flag_where_asked_for()
    {
        var request = new NetlinkRequest();
        request.Begin(1);

        var flagged = request.BeginNested(5);
        request.EndNested(flagged);
        var plain = request.BeginNested(5, flagged: false);
        request.EndNested(plain);

        Assert.Equal([4, 0, 5, 0x80, 4, 0, 5, 0], request.Message[16..].ToArray());
    }

    [Fact]
    public void What_does_not_fit_an_attribute_is_the_callers_fault()
    {
        var request = new NetlinkRequest();
        request.Begin(1);
        Assert.Throws<ArgumentException>(() => request.Put(1, new byte[65_532]));

        var nest = request.BeginNested(1);
        request.Put(2, new byte[40_000]);
        request.Put(2, new byte[40_000]);

        Assert.Throws<ArgumentException>(() => request.EndNested(nest));
        Assert.Throws<ArgumentOutOfRangeException>(() => request.EndNested(0));
    }

    [Fact]
    public void Request_that_was_not_begun_has_no_message() =>
        Assert.Throws<InvalidOperationException>(static () => new NetlinkRequest().Message.Length);

    private static void Fill(NetlinkRequest request)
    {
        request.Put(1, (byte)7);
        request.Put(2, (ushort)8);
        request.Put(3, 9u);
        request.Put(4, 10UL);
        request.Put(5, "näme");
        var nest = request.BeginNested(6, flagged: false);
        request.Put(7);
        request.EndNested(nest);
    }

    private static byte[] Expected() => new AttributeBytes()
        .Put(1, (byte)7)
        .Put(2, (ushort)8)
        .Put(3, 9u)
        .Put(4, 10UL)
        .Put(5, "näme")
        .Nest(6, static nest => nest.Put(7, []))
        .ToArray();
}
