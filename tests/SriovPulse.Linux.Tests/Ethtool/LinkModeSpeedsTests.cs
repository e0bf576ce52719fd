using SriovPulse.Linux.Ethtool;
using SriovPulse.Linux.Netlink;
using SriovPulse.Testing.Netlink;

namespace SriovPulse.Linux.Tests.Ethtool;

public sealed class LinkModeSpeedsTests
{
    private const int Size = 2;
    private const int Value = 4;
    private const int Mask = 5;

    [Theory]
    [InlineData(0, 10u)] // 10baseT_Half
    [InlineData(6, 0u)] // Autoneg
    [InlineData(15, 2_500u)] // 2500baseX_Full
    [InlineData(51, 0u)] // FEC_BASER
    [InlineData(66, 200_000u)] // 200000baseCR4_Full
    [InlineData(67, 100u)] // 100baseT1_Full
    [InlineData(74, 0u)] // FEC_LLRS
    [InlineData(92, 10u)] // 10baseT1L_Full
    [InlineData(98, 800_000u)] // 800000baseVR8_Full
    [InlineData(102, 10u)] // 10baseT1BRR_Full
    [InlineData(109, 400_000u)] // 400000baseCR2_Full
    [InlineData(124, 1_600_000u)] // 1600000baseDR8_2_Full
    public void Bit_has_the_speed_that_its_name_begins_with(int bit, uint megabits) => Assert.Equal(megabits, LinkModeSpeeds.Megabits(bit));

    [Theory]
    [InlineData(-1)]
    [InlineData(125)]
    [InlineData(int.MaxValue)]
    public void Bit_beyond_the_table_is_not_known(int bit) => Assert.Null(LinkModeSpeeds.Megabits(bit));

    [Fact]
    public void Fastest_is_the_fastest_supported_not_the_fastest_advertised()
    {
        // Advertised: 10 Gb/s. Supported: 1, 10, 25 Gb/s, autonegotiation, FEC.
        var bitset = Bitset([12], [5, 12, 33, 6, 50]);

        Assert.Equal(25_000u, LinkModeSpeeds.FastestSupported(new NetlinkAttributeReader(bitset)));
    }

    [Fact]
    public void Fastest_is_absent_when_a_bit_is_newer_than_the_table()
    {
        Assert.Null(LinkModeSpeeds.FastestSupported(new NetlinkAttributeReader(Bitset([], [33, 125]))));
        Assert.Equal(1_600_000u, LinkModeSpeeds.FastestSupported(new NetlinkAttributeReader(Bitset([], [33, 121]))));
    }

    [Fact]
    public void Fastest_is_absent_when_no_mode_is_supported_or_no_mask_was_sent()
    {
        Assert.Null(LinkModeSpeeds.FastestSupported(new NetlinkAttributeReader(Bitset([], [6, 13]))));
        Assert.Null(LinkModeSpeeds.FastestSupported(new NetlinkAttributeReader(new AttributeBytes().Put(1, ReadOnlySpan<byte>.Empty).Put(Size, 8u).Put(Value, 1u).ToArray())));
        Assert.Null(LinkModeSpeeds.FastestSupported(new NetlinkAttributeReader([])));
    }

    [Fact]
    public void Mask_that_is_no_whole_number_of_words_is_malformed()
    {
        var bitset = new AttributeBytes().Put(Mask, [1, 2, 3, 4, 5]).ToArray();

        Assert.Throws<NetlinkFormatException>(() => LinkModeSpeeds.FastestSupported(new NetlinkAttributeReader(bitset)));
    }

    internal static byte[] Bitset(int[] value, int[] mask) =>
        new AttributeBytes().Put(Size, 160u).PutStruct(Value, Words(value)).PutStruct(Mask, Words(mask)).ToArray();

    private static uint[] Words(int[] bits)
    {
        var words = new uint[5];
        foreach (var bit in bits)
        {
            words[bit / 32] |= 1u << (bit % 32);
        }

        return words;
    }
}
