using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using SriovPulse.Agent.Otlp.Wire;

namespace SriovPulse.Agent.Tests.Otlp.Wire;

public sealed class ProtobufReaderTests
{
    [Fact]
    public void Reads_every_wire_type_that_the_reference_writes()
    {
        using var bytes = new MemoryStream();
        using (var writer = new CodedOutputStream(bytes, leaveOpen: true))
        {
            writer.WriteTag(1, WireFormat.WireType.Varint);
            writer.WriteInt64(-1);
            writer.WriteTag(2, WireFormat.WireType.Fixed64);
            writer.WriteFixed64(0x0102030405060708);
            writer.WriteTag(3, WireFormat.WireType.LengthDelimited);
            writer.WriteString("grün");
            writer.WriteTag(400, WireFormat.WireType.Fixed32);
            writer.WriteFixed32(0xdeadbeef);
        }

        var reader = new ProtobufReader(bytes.ToArray());
        Assert.True(reader.TryRead());
        Assert.Equal((1, -1L), (reader.Field, (long)reader.Number));
        Assert.True(reader.TryRead());
        Assert.Equal((2, 0x0102030405060708UL), (reader.Field, reader.Number));
        Assert.True(reader.TryRead());
        Assert.Equal((3, "grün", 0UL), (reader.Field, reader.Text, reader.Number));
        Assert.True(reader.TryRead());
        Assert.Equal((400, 0xdeadbeefUL, 0), (reader.Field, reader.Number, reader.Bytes.Length));
        Assert.False(reader.TryRead());
    }

    [Theory]
    [InlineData(new byte[] { 0x80 })]
    [InlineData(new byte[] { 0x00 })]
    [InlineData(new byte[] { 0x0a, 0x05, 1, 2 })]
    [InlineData(new byte[] { 0x09, 1, 2, 3 })]
    [InlineData(new byte[] { 0x0d, 1, 2, 3 })]
    [InlineData(new byte[] { 0x0b })]
    [InlineData(new byte[] { 0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01 })]
    [InlineData(new byte[] { 0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01 })]
    public void Bytes_that_are_no_message_end_it(byte[] bytes)
    {
        var reader = new ProtobufReader(bytes);

        Assert.False(reader.TryRead());
    }

    [Fact]
    public void Any_bytes_come_to_an_end()
    {
        Prop.ForAll<byte[]>(bytes =>
        {
            var reader = new ProtobufReader(bytes);
            var fields = 0;
            while (reader.TryRead())
            {
                fields++;
                Assert.InRange(fields, 1, bytes.Length);
                Assert.InRange(reader.Bytes.Length, 0, bytes.Length);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));
    }
}
