using FsCheck;
using FsCheck.Fluent;
using SriovPulse.Linux.Rtnetlink;
using SriovPulse.Testing.Netlink;

namespace SriovPulse.Linux.Tests.Rtnetlink;

public sealed class LinkReplyProperties
{
    [Fact]
    public void Any_list_of_VFs_is_read_exactly()
    {
        var link = new LinkReading();
        var replies =
            from count in Gen.Choose(0, 1200)
            from stats in Gen.Elements(true, false)
            from guids in Gen.Elements(true, false)
            from leftOut in Gen.Frequency((2, Gen.Constant(Array.Empty<int>())), (1, Gen.Choose(0, 1199).ArrayOf(5)), (1, Gen.Choose(0, 1199).ArrayOf()))
            select new LinkReply { NumVfs = count, WithStats = stats, WithGuids = guids, LeftOut = leftOut.ToHashSet() };

        Prop.ForAll(Arb.From(replies), reply =>
        {
            LinkParser.Parse(reply.Payload(), link);

            var expected = Enumerable.Range(0, reply.NumVfs!.Value).Except(reply.LeftOut).ToArray();
            Assert.Equal(reply.NumVfs, link.NumVfs);
            Assert.Equal(expected, link.Vfs.ToArray().Select(static vf => vf.Index));
            foreach (var vf in link.Vfs)
            {
                LinkParserTests.AssertVf(vf, vf.Index, reply.WithStats, reply.WithGuids);
            }

            // Sizes seen on a 6.12 kernel.
            var entry = 196 + (reply.WithStats ? 100 : 0) + (reply.WithGuids ? 40 : 0);
            Assert.Equal(4 + (entry * expected.Length) > ushort.MaxValue, link.VfListRecovered);

            // What stands behind the list is read rightly only when its end was found.
            Assert.Equal(reply.ParentDevice, link.ParentDeviceName);
            Assert.Equal("pci", link.ParentBusName);
        }).QuickCheckThrowOnFailure();
    }
}
