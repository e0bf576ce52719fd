using SriovPulse.Linux.Devlink;
using SriovPulse.Linux.Ethtool;
using SriovPulse.Linux.Netlink;
using SriovPulse.Testing.Netlink;

namespace SriovPulse.Linux.Tests.Ethtool;

/// <summary>Whatever the bytes, a parser gives a reading or says that they are malformed. The seeds are fixed, so a failure repeats.</summary>
public sealed class MalformedReadingTests
{
    private delegate void Parser(NetlinkAttributeReader attributes);

    private static readonly (string Name, Parser Parse, byte[] Valid)[] s_parsers =
    [
        ("link modes", static a => LinkModes.Parse(a), new AttributeBytes()
            .Put(2, (byte)1).Put(3, LinkModeSpeedsTests.Bitset([36], [36, 62])).Put(5, 100_000u).Put(6, (byte)1).ToArray()),
        ("link state", static a => LinkState.Parse(a), new AttributeBytes().Put(2, (byte)0).Put(5, (byte)4).Put(7, 9u).ToArray()),
        ("rings", static a => RingSizes.Parse(a), new AttributeBytes().Put(2, 1u).Put(5, 2u).Put(6, 3u).Put(9, 4u).ToArray()),
        ("channels", static a => Channels.Parse(a), new AttributeBytes().Put(5, 64u).Put(9, 16u).ToArray()),
        ("pause", static a => PauseState.Parse(a), new AttributeBytes().Put(3, (byte)1).Nest(5, s => s.Put(2, 7ul).Put(3, 8ul)).ToArray()),
        ("fec", static a => FecState.Parse(a), new AttributeBytes().Put(4, 50u).Nest(5, s => s.Put(2, 1ul).Put(3, 2ul)).ToArray()),
        ("statistics", static a => new StandardStatistics().Parse(a), new AttributeBytes()
            .Nest(4, g => g.Put(2, 1u).Nest(4, s => s.Put(0, 1ul)).Nest(5, h => h.Put(7, 0u).Put(8, 64u).Put(9, 11ul))).ToArray()),
        ("devlink port", static a => DevlinkPort.Parse(a), new AttributeBytes()
            .Put(1, "pci").Put(2, "0000:03:00.0").Put(3, 1u).Put(6, 7u).Put(7, "eth0").Put(77, (ushort)4).Put(127, (ushort)0).Put(128, (ushort)3).ToArray()),
        ("health reporter", static a => HealthReporter.Parse(a), new AttributeBytes()
            .Put(1, "pci").Put(2, "0000:03:00.0").Nest(114, r => r.Put(115, "fw").Put(116, (byte)1).Put(117, 3ul).Put(118, 2ul)).ToArray()),
        ("eswitch mode", static a => DevlinkClient.ParseMode(a), new AttributeBytes().Put(1, "pci").Put(25, (ushort)1).ToArray()),
    ];

    public static TheoryData<int> Parsers => [.. Enumerable.Range(0, s_parsers.Length)];

    [Theory]
    [MemberData(nameof(Parsers))]
    public void Valid_bytes_are_accepted(int parser) => s_parsers[parser].Parse(new NetlinkAttributeReader(s_parsers[parser].Valid));

    [Theory]
    [MemberData(nameof(Parsers))]
    public void Bytes_cut_anywhere_give_a_reading_or_a_format_error(int parser)
    {
        var (_, parse, valid) = s_parsers[parser];
        var refused = 0;
        for (var length = 0; length < valid.Length; length++)
        {
            refused += Attempt(parse, valid[..length]) ? 0 : 1;
        }

        Assert.True(refused > valid.Length / 4, $"only {refused} of {valid.Length} cuts were noticed");
    }

    [Theory]
    [MemberData(nameof(Parsers))]
    public void Mutated_bytes_give_a_reading_or_a_format_error(int parser)
    {
        var (_, parse, valid) = s_parsers[parser];
        var random = new Random(7 + parser);
        var refused = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = valid.ToArray();
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            refused += Attempt(parse, bytes) ? 0 : 1;
        }

        Assert.InRange(refused, 1, 19_999);
    }

    private static bool Attempt(Parser parse, byte[] bytes)
    {
        try
        {
            parse(new NetlinkAttributeReader(bytes));
            return true;
        }
        catch (NetlinkFormatException)
        {
            return false;
        }
    }
}
