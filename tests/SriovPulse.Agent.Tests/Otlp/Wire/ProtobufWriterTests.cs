using Google.Protobuf;
using SriovPulse.Agent.Otlp.Wire;

namespace SriovPulse.Agent.Tests.Otlp.Wire;

public sealed class ProtobufWriterTests
{
    // Around the lengths at which the length itself takes a byte more.
    public static TheoryData<int> Lengths => [0, 1, 127, 128, 129, 16_383, 16_384, 16_385, 2_097_151, 2_097_152];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Nested_messages_of_any_length_read_back(int length)
    {
        var text = new string('x', length);
        var writer = new ProtobufWriter();
        var outer = writer.Open(1);
        var inner = writer.Open(2);
        writer.WriteString(3, text);
        writer.Close(inner);
        writer.WriteVarint(4, 300);
        writer.Close(outer);
        writer.WriteFixed64(5, ulong.MaxValue);

        var all = new CodedInputStream(writer.Slice(0, writer.Length).ToArray());
        Assert.Equal(WireFormat.MakeTag(1, WireFormat.WireType.LengthDelimited), all.ReadTag());
        var first = new CodedInputStream(all.ReadBytes().ToByteArray());
        Assert.Equal(WireFormat.MakeTag(2, WireFormat.WireType.LengthDelimited), first.ReadTag());
        var second = new CodedInputStream(first.ReadBytes().ToByteArray());
        Assert.Equal(WireFormat.MakeTag(3, WireFormat.WireType.LengthDelimited), second.ReadTag());
        Assert.Equal(text, second.ReadString());
        Assert.True(second.IsAtEnd);
        Assert.Equal(WireFormat.MakeTag(4, WireFormat.WireType.Varint), first.ReadTag());
        Assert.Equal(300UL, first.ReadUInt64());
        Assert.True(first.IsAtEnd);
        Assert.Equal(WireFormat.MakeTag(5, WireFormat.WireType.Fixed64), all.ReadTag());
        Assert.Equal(ulong.MaxValue, all.ReadFixed64());
        Assert.True(all.IsAtEnd);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Lengths_are_written_in_as_few_bytes_as_the_reference_takes(int length)
    {
        var text = new string('x', length);
        var writer = new ProtobufWriter();
        writer.WriteString(16, text);

        using var expected = new MemoryStream();
        using (var reference = new CodedOutputStream(expected))
        {
            reference.WriteTag(16, WireFormat.WireType.LengthDelimited);
            reference.WriteString(text);
        }

        Assert.Equal(expected.ToArray(), writer.Slice(0, writer.Length).ToArray());
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(127UL)]
    [InlineData(128UL)]
    [InlineData(ulong.MaxValue)]
    public void Varint_reads_back(ulong value)
    {
        var writer = new ProtobufWriter();
        writer.WriteVarint(2, value);

        var reader = new CodedInputStream(writer.Slice(0, writer.Length).ToArray());
        Assert.Equal(WireFormat.MakeTag(2, WireFormat.WireType.Varint), reader.ReadTag());
        Assert.Equal(value, reader.ReadUInt64());
    }

    [Fact]
    public void Cleared_writer_begins_anew()
    {
        var writer = new ProtobufWriter();
        writer.WriteString(1, "before");
        writer.Clear();
        writer.WriteVarint(1, 7);

        Assert.Equal([0x08, 0x07], writer.Slice(0, writer.Length).ToArray());
    }
}
