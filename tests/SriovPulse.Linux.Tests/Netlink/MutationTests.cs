using System.Globalization;
using SriovPulse.Linux.GenericNetlink;
using SriovPulse.Linux.Netlink;
using SriovPulse.Linux.Rtnetlink;
using SriovPulse.Linux.Uevents;
using SriovPulse.Testing;
using SriovPulse.Testing.Netlink;

namespace SriovPulse.Linux.Tests.Netlink;

/// <summary>
/// Damaged bytes, in great number: every reader ends, with a result within bounds or with the exceptions that it documents.
/// SRIOVPULSE_FUZZ_ITERATIONS sets how many, SRIOVPULSE_FUZZ_SEED another seed.
/// </summary>
public sealed class MutationTests
{
    private const int DefaultIterations = 1_000_000;
    private const ulong DefaultSeed = 20_260_801;

    // Of this many buffers one is of the largest kind, to keep the time within bounds.
    private const int LargeEvery = 128;

    private static readonly LinkReading s_link = new();
    private static readonly List<LinkChange> s_changes = [];

    [Fact]
    public void Damaged_bytes_are_read_within_bounds_or_refused()
    {
        var iterations = Setting("SRIOVPULSE_FUZZ_ITERATIONS", DefaultIterations);
        var seed = Setting("SRIOVPULSE_FUZZ_SEED", DefaultSeed);
        TestContext.Current.TestOutputHelper?.WriteLine($"{iterations} iterations with seed {seed}");
        var small = SmallTargets();
        var large = new MutationTarget("link parser, long lists", ReadLink, LongLists());

        for (var i = 0UL; i < iterations; i++)
        {
            var random = new FuzzRandom(seed, i);
            var target = i % LargeEvery == 0 ? large : small[random.Below(small.Length)];
            try
            {
                target.Run(ref random);
            }
            catch (InvalidOperationException failed)
            {
                Assert.Fail($"iteration {i} of seed {seed}: {failed}");
            }
        }

        foreach (var target in small.Append(large).Distinct())
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{target.Name}: {target.Taken} taken, {target.Refused} refused");
            if (iterations >= 100_000)
            {
                // Otherwise the damage is too light or too heavy to say anything.
                Assert.True(target.Taken > 0 && target.Refused > 0, $"{target.Name}: {target.Taken} taken, {target.Refused} refused");
            }
        }
    }

    private static ulong Setting(string name, ulong otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? ulong.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private static MutationTarget[] SmallTargets()
    {
        byte[][] links =
        [
            new LinkReply().Payload(),
            new LinkReply { NumVfs = 0 }.Payload(),
            new LinkReply { NumVfs = 1, WithGuids = true }.Payload(),
            new LinkReply { NumVfs = 3, LeftOut = [1] }.Payload(),
            new LinkReply { NumVfs = 5, WithStats = false }.Payload(),
            new LinkReply { NumVfs = 2, WithList = false }.Payload(),
            .. Captures("igb7.bin", "nsim_4.bin"),
        ];
        var linkParser = new MutationTarget("link parser", ReadLink, links);
        var session = new SessionMutation();
        return
        [
            // Several times, as most can go wrong there.
            linkParser,
            linkParser,
            linkParser,
            new MutationTarget("attribute reader", ReadAttributes, links.Select(static link => link[16..])),
            new MutationTarget("session", session.Run, SessionMutation.Originals()),
            new MutationTarget("link changes", ReadChanges, [ScriptedRequest.Build(16, 0, 0, 0, links[0]), ScriptedRequest.Build(17, 0, 0, 0, links[1])]),
            new MutationTarget("generic netlink family", ReadFamily, [Family()]),
            new MutationTarget("device event", ReadUevent, ["bind@/devices/a\0ACTION=bind\0DEVPATH=/devices/a\0SUBSYSTEM=pci\0DRIVER=ice\0PCI_SLOT_NAME=0000:01:10.0\0"u8.ToArray()]),
        ];
    }

    private static IEnumerable<byte[]> LongLists() =>
    [
        new LinkReply { NumVfs = 221 }.Payload(),
        new LinkReply { NumVfs = 223 }.Payload(),
        new LinkReply { NumVfs = 256, LeftOut = [7, 200] }.Payload(),
        new LinkReply { NumVfs = 340, WithStats = false }.Payload(),
        .. Captures("nsim_256.bin"),
    ];

    /// <summary>Payloads of captured replies; machines without them do with the generated ones.</summary>
    private static IEnumerable<byte[]> Captures(params IEnumerable<string> files) => files
        .Select(static file => Repository.SharedData("netlink", file))
        .OfType<string>()
        .Select(static path => File.ReadAllBytes(path)[16..]);

    private static byte[] Family() =>
    [
        1, 2, 0, 0,
        .. new AttributeBytes()
            .Put(2, "ethtool")
            .Put(1, (ushort)0x15)
            .Put(3, 1u)
            .Nest(7, static groups => groups.Nest(1, static group => group.Put(2, 9u).Put(1, "monitor")).Nest(2, static group => group.Put(2, 10u).Put(1, "more")))
            .ToArray(),
    ];

    private static void ReadLink(ReadOnlySpan<byte> payload)
    {
        var link = s_link;
        LinkParser.Parse(payload, link);

        Require(link.NumVfs is null or (>= 0 and <= ushort.MaxValue), "number of VFs");
        Require(link.NumVfs is not { } numVfs || link.Vfs.Length <= numVfs, "more VFs than there are");
        Require(link.Vfs.Length * 44 <= payload.Length, "more VFs than bytes for them");
        Require(!link.VfListRecovered || payload.Length > ushort.MaxValue, "a short list recovered");
        Require(!link.VfListMissing || (link.Vfs.IsEmpty && link.NumVfs > 0), "a list both missing and there");
        Require(link.Name.Length <= payload.Length, "a name longer than the message");
        var previous = -1;
        foreach (var vf in link.Vfs)
        {
            Require(vf.Index > previous && vf.Index < (link.NumVfs ?? ushort.MaxValue), "VF indices");
            previous = vf.Index;
        }
    }

    private static void ReadAttributes(ReadOnlySpan<byte> bytes) => ReadAttributes(new NetlinkAttributeReader(bytes), bytes.Length, depth: 0);

    private static void ReadAttributes(NetlinkAttributeReader reader, int length, int depth)
    {
        var steps = 0;
        while (reader.TryRead())
        {
            Require(++steps <= (length + 3) / 4, "more attributes than fit");
            Require(reader.Type <= 0x3fff, "flags in a type");
            Require(reader.Payload.Length <= length - 4, "a value longer than the buffer");
            Require(reader.GetStringBytes().Length <= reader.Payload.Length, "text longer than its value");
            switch (reader.Payload.Length)
            {
                case 1:
                    reader.GetByte();
                    break;
                case 2:
                    reader.GetUInt16();
                    break;
                case 4:
                    reader.GetUInt32();
                    break;
                case 8:
                    reader.GetUInt64();
                    break;
                case > 8 when depth < 4:
                    ReadNested(reader.GetNested(), reader.Payload.Length, depth + 1);
                    break;
            }
        }
    }

    private static void ReadNested(NetlinkAttributeReader reader, int length, int depth)
    {
        // Most values hold no attributes, which the first length tells.
        var first = reader;
        var plausible = length >= 4 && BitConverter.ToUInt16(first.Rest) is >= 4 and var claimed && claimed <= length;
        if (plausible)
        {
            ReadAttributes(reader, length, depth);
        }
    }

    private static void ReadChanges(ReadOnlySpan<byte> datagram)
    {
        s_changes.Clear();
        LinkChange.Parse(datagram, s_changes);
        Require(s_changes.Count * 32 <= datagram.Length, "more changes than fit");
    }

    private static void ReadFamily(ReadOnlySpan<byte> payload)
    {
        ReadOnlySpan<byte> message = ScriptedRequest.Build(0x10, 0, 0, 0, payload);
        NetlinkMessage.TryTake(ref message, out var taken);
        Require(GenericNetlinkFamilies.Parse(new GenericNetlinkMessage(taken)).Id != 0, "a family without id");
    }

    private static void ReadUevent(ReadOnlySpan<byte> datagram)
    {
        var uevent = Uevent.Parse(datagram);
        Require(uevent.Action.Length + uevent.DevicePath.Length + uevent.Subsystem.Length <= datagram.Length, "longer than its bytes");
    }

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new InvalidDataException(otherwise);
        }
    }
}
