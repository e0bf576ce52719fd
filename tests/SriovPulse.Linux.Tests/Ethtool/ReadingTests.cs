using SriovPulse.Linux.Ethtool;
using SriovPulse.Linux.Netlink;
using SriovPulse.Testing.Netlink;

namespace SriovPulse.Linux.Tests.Ethtool;

public sealed class ReadingTests
{
    [Fact]
    public void Link_modes_tell_speed_duplex_and_the_fastest_mode()
    {
        var bytes = new AttributeBytes().Put(2, (byte)1).Put(3, LinkModeSpeedsTests.Bitset([36], [36, 62])).Put(5, 100_000u).Put(6, (byte)1).Put(9, 4u);

        Assert.Equal(new LinkModes(100_000, true, true, 4, 200_000), LinkModes.Parse(Read(bytes)));
    }

    [Theory]
    [InlineData(uint.MaxValue)]
    [InlineData(0u)]
    public void Unknown_speed_and_duplex_are_absent(uint speed)
    {
        var reading = LinkModes.Parse(Read(new AttributeBytes().Put(2, (byte)0).Put(5, speed).Put(6, (byte)0xff)));

        Assert.Equal(new LinkModes(null, null, false, null, null), reading);
    }

    [Fact]
    public void Link_state_tells_whether_and_why_it_is_down()
    {
        var reading = LinkState.Parse(Read(new AttributeBytes().Put(2, (byte)0).Put(5, (byte)4).Put(6, (byte)1).Put(7, 9u)));

        Assert.Equal(new LinkState(false, 4, 1, 9), reading);
        Assert.Equal(default, LinkState.Parse(Read(new AttributeBytes())));
    }

    [Fact]
    public void Rings_tell_size_and_maximum()
    {
        var bytes = new AttributeBytes().Put(2, 4096u).Put(5, 8192u).Put(6, 512u).Put(9, 1024u).Put(13, (byte)1);

        Assert.Equal(new RingSizes(512, 4096, 1024, 8192), RingSizes.Parse(Read(bytes)));
    }

    [Fact]
    public void Channels_that_the_driver_does_not_have_are_absent()
    {
        var reading = Channels.Parse(Read(new AttributeBytes().Put(5, 64u).Put(9, 16u).Put(4, 1u).Put(8, 1u)));

        Assert.Equal(new ChannelCount(16, 64), reading.Combined);
        Assert.Equal(new ChannelCount(1, 1), reading.Other);
        Assert.Equal(default, reading.Receive);
        Assert.Equal(default, reading.Transmit);
    }

    [Fact]
    public void Channels_that_only_receive_or_send_are_told_apart()
    {
        var reading = Channels.Parse(Read(new AttributeBytes().Put(2, 8u).Put(3, 9u).Put(6, 1u).Put(7, 2u)));

        Assert.Equal(new ChannelCount(1, 8), reading.Receive);
        Assert.Equal(new ChannelCount(2, 9), reading.Transmit);
    }

    [Fact]
    public void Pause_tells_its_frames()
    {
        var bytes = new AttributeBytes().Put(2, (byte)0).Put(3, (byte)1).Put(4, (byte)1).Nest(5, stats => stats.Put(2, 7ul).Put(3, 8ul));

        Assert.Equal(new PauseState(false, true, true, ReceivedFrames: 8, TransmittedFrames: 7), PauseState.Parse(Read(bytes)));
    }

    [Fact]
    public void Pause_frames_that_the_driver_does_not_count_are_absent()
    {
        var reading = PauseState.Parse(Read(new AttributeBytes().Put(3, (byte)0).Nest(5, static _ => { })));

        Assert.Equal(new PauseState(null, false, null, null, null), reading);
    }

    [Fact]
    public void Fec_tells_totals_and_not_lanes()
    {
        var bytes = new AttributeBytes().Put(3, (byte)1).Put(4, 50u)
            .Nest(5, stats => stats.Put(2, U64(30, 10, 20)).Put(3, U64(1)).Put(4, ReadOnlySpan<byte>.Empty));

        Assert.Equal(new FecState(FecMode.ReedSolomon, true, 30, 1, null), FecState.Parse(Read(bytes)));
    }

    [Theory]
    [InlineData(49u, FecMode.Off)]
    [InlineData(51u, FecMode.BaseR)]
    [InlineData(74u, FecMode.LowLatencyReedSolomon)]
    [InlineData(12u, null)]
    public void Fec_mode_is_told_as_a_link_mode_bit(uint bit, FecMode? mode) =>
        Assert.Equal(mode, FecState.Parse(Read(new AttributeBytes().Put(4, bit))).Active);

    [Fact]
    public void Standard_statistics_are_told_apart_by_group()
    {
        var bytes = new AttributeBytes()
            .Nest(4, group => group.Put(2, 0u).Put(3, 17u).Nest(4, stat => stat.Put(0, 5ul)))
            .Nest(4, group => group.Put(2, 1u).Nest(4, stat => stat.Put(0, 100ul)).Nest(4, stat => stat.Put(12, ulong.MaxValue - 1)))
            .Nest(4, group => group.Put(2, 2u).Nest(4, stat => stat.Put(2, 3ul)))
            .Nest(4, group => group.Put(2, 3u).Nest(4, stat => stat.Put(3, 4ul))
                .Nest(5, size => size.Put(7, 0u).Put(8, 64u).Put(9, 11ul)).Nest(6, size => size.Put(7, 65u).Put(8, 127u).Put(9, 12ul)));
        var reading = new StandardStatistics();

        reading.Parse(Read(bytes));

        Assert.Equal(5ul, Value(reading, StandardStatistic.SymbolErrors));
        Assert.Equal(100ul, Value(reading, StandardStatistic.FramesTransmitted));
        Assert.Equal(ulong.MaxValue - 1, Value(reading, StandardStatistic.OctetsReceived));
        Assert.Equal(3ul, Value(reading, StandardStatistic.UnsupportedOpcodesReceived));
        Assert.Equal(4ul, Value(reading, StandardStatistic.Jabbers));
        Assert.Null(Value(reading, StandardStatistic.FramesReceived));
        Assert.Equal([new FrameSizeCount(0, 64, 11)], reading.ReceivedSizes);
        Assert.Equal([new FrameSizeCount(65, 127, 12)], reading.TransmittedSizes);
    }

    [Fact]
    public void Standard_statistics_of_an_earlier_reading_do_not_stay()
    {
        var reading = new StandardStatistics();
        reading.Parse(Read(new AttributeBytes().Nest(4, group => group.Put(2, 1u).Nest(4, stat => stat.Put(0, 1ul)).Nest(5, size => size.Put(9, 1ul)))));
        Assert.False(reading.IsEmpty);

        reading.Parse(Read(new AttributeBytes().Put(5, 0u)));

        Assert.True(reading.IsEmpty);
        Assert.Null(Value(reading, StandardStatistic.FramesTransmitted));
    }

    [Fact]
    public void Standard_statistics_that_are_newer_than_this_program_are_passed_over()
    {
        var bytes = new AttributeBytes()
            .Nest(4, group => group.Put(2, 1u).Nest(4, stat => stat.Put(40, 1ul)).Nest(9, static _ => { }))
            .Nest(4, group => group.Put(2, uint.MaxValue).Nest(4, stat => stat.Put(0, 1ul)))
            .Nest(4, group => group.Nest(4, stat => stat.Put(0, 1ul)));
        var reading = new StandardStatistics();

        reading.Parse(Read(bytes));

        Assert.True(reading.IsEmpty);
        Assert.False(reading.TryGet((StandardStatistic)(-1), out _));
        Assert.False(reading.TryGet((StandardStatistic)4000, out _));
    }

    [Fact]
    public void Standard_statistics_are_empty_after_malformed_bytes()
    {
        var reading = new StandardStatistics();
        var bytes = new AttributeBytes().Nest(4, group => group.Put(2, 1u).Nest(4, stat => stat.Put(0, 1ul)).Nest(4, stat => stat.Put(1, 1u))).ToArray();

        Assert.Throws<NetlinkFormatException>(() => reading.Parse(new NetlinkAttributeReader(bytes)));

        Assert.True(reading.IsEmpty);
    }

    [Fact]
    public void Value_of_the_wrong_width_is_malformed()
    {
        Assert.Throws<NetlinkFormatException>(() => LinkModes.Parse(Read(new AttributeBytes().Put(5, (byte)1))));
        Assert.Throws<NetlinkFormatException>(() => LinkState.Parse(Read(new AttributeBytes().Put(2, 1u))));
        Assert.Throws<NetlinkFormatException>(() => RingSizes.Parse(Read(new AttributeBytes().Put(6, 1ul))));
        Assert.Throws<NetlinkFormatException>(() => Channels.Parse(Read(new AttributeBytes().Put(9, (byte)1))));
        Assert.Throws<NetlinkFormatException>(() => PauseState.Parse(Read(new AttributeBytes().Nest(5, stats => stats.Put(2, 1u)))));
        Assert.Throws<NetlinkFormatException>(() => FecState.Parse(Read(new AttributeBytes().Nest(5, stats => stats.Put(2, 1u)))));
    }

    private static NetlinkAttributeReader Read(AttributeBytes bytes) => new(bytes.ToArray());

    private static byte[] U64(params ulong[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    private static ulong? Value(StandardStatistics reading, StandardStatistic statistic) => reading.TryGet(statistic, out var value) ? value : null;
}
