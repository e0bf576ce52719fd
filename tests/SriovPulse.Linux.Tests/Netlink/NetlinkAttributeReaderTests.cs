using SriovPulse.Linux.Netlink;
using SriovPulse.Testing.Netlink;

namespace SriovPulse.Linux.Tests.Netlink;

public sealed class NetlinkAttributeReaderTests
{
    [Fact]
    public void Values_of_all_kinds_are_read()
    {
        var bytes = new AttributeBytes()
            .Put(1, (byte)0xab)
            .Put(2, (ushort)0x1234)
            .Put(3, 0xdeadbeefu)
            .Put(4, 0x0123456789abcdefUL)
            .Put(5, "eth0")
            .Put(6, "no closing NUL"u8)
            .Put(7, [0x88, 0xa8])
            .Put(8, [])
            .ToArray();
        var reader = new NetlinkAttributeReader(bytes);

        Next(ref reader, 1);
        Assert.Equal(0xab, reader.GetByte());
        Next(ref reader, 2);
        Assert.Equal(0x1234, reader.GetUInt16());
        Next(ref reader, 3);
        Assert.Equal(0xdeadbeef, reader.GetUInt32());
        Assert.Equal(unchecked((int)0xdeadbeef), reader.GetInt32());
        Assert.Equal(0xdeadbeef, reader.GetUnsigned());
        Next(ref reader, 4);
        Assert.Equal(0x0123456789abcdefUL, reader.GetUInt64());
        Assert.Equal(0x0123456789abcdefUL, reader.GetUnsigned());
        Next(ref reader, 5);
        Assert.Equal("eth0", reader.GetString());
        Next(ref reader, 6);
        Assert.Equal("no closing NUL", reader.GetString());
        Next(ref reader, 7);
        Assert.Equal(0x88a8, reader.GetUInt16BigEndian());
        Next(ref reader, 8);
        Assert.Equal(string.Empty, reader.GetString());
        Assert.False(reader.TryRead());
        Assert.False(reader.TryRead());
    }

    [Theory]
    [InlineData(0x8000)]
    [InlineData(0x4000)]
    [InlineData(0xc000)]
    public void Flag_bits_are_no_part_of_the_type(int flags)
    {
        var reader = new NetlinkAttributeReader(new AttributeBytes().Put(flags | 77, 1u).ToArray());

        Next(ref reader, 77);
    }

    [Fact]
    public void Nested_attributes_end_where_their_parent_does()
    {
        var bytes = new AttributeBytes().Nest(1, static nest => nest.Put(2, 20u).Put(3, 30u)).Put(4, 40u).ToArray();
        var reader = new NetlinkAttributeReader(bytes);
        Next(ref reader, 1);

        var nested = reader.GetNested();

        Next(ref nested, 2);
        Next(ref nested, 3);
        Assert.False(nested.TryRead());
        Next(ref reader, 4);
        Assert.Equal(40u, reader.GetUInt32());
    }

    [Fact]
    public void Last_attribute_may_lack_its_padding()
    {
        var reader = new NetlinkAttributeReader([5, 0, 1, 0, 42]);

        Next(ref reader, 1);
        Assert.Equal(42, reader.GetByte());
        Assert.False(reader.TryRead());
    }

    [Theory]
    [InlineData(new byte[] { 0 })]
    [InlineData(new byte[] { 4, 0, 1 })]
    [InlineData(new byte[] { 0, 0, 1, 0 })]
    [InlineData(new byte[] { 3, 0, 1, 0 })]
    [InlineData(new byte[] { 5, 0, 1, 0 })]
    [InlineData(new byte[] { 255, 255, 1, 0, 1, 2, 3, 4 })]
    public void Impossible_length_is_refused(byte[] bytes) => Assert.Throws<NetlinkFormatException>(() => new NetlinkAttributeReader(bytes).TryRead());

    [Fact]
    public void Value_of_another_width_is_refused()
    {
        static void Read(Action<NetlinkAttributeReader> get, int width)
        {
            foreach (var wrong in Enumerable.Range(0, 12).Where(length => length != width))
            {
                Assert.Throws<NetlinkFormatException>(() =>
                {
                    var reader = new NetlinkAttributeReader(new AttributeBytes().Put(9, new byte[wrong]).ToArray());
                    Next(ref reader, 9);
                    get(reader);
                });
            }
        }

        Read(static reader => reader.GetByte(), 1);
        Read(static reader => reader.GetUInt16(), 2);
        Read(static reader => reader.GetUInt16BigEndian(), 2);
        Read(static reader => reader.GetUInt32(), 4);
        Read(static reader => reader.GetInt32(), 4);
        Read(static reader => reader.GetUInt64(), 8);
    }

    [Fact]
    public void Value_before_the_first_attribute_is_refused() =>
        Assert.Throws<NetlinkFormatException>(static () => new NetlinkAttributeReader([8, 0, 1, 0, 1, 2, 3, 4]).GetUInt32());

    private static void Next(ref NetlinkAttributeReader reader, int type)
    {
        Assert.True(reader.TryRead());
        Assert.Equal(type, reader.Type);
    }
}
