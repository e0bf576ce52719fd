using System.Buffers.Binary;
using System.Globalization;
using SriovPulse.Metrics.Store.Packing;
using SriovPulse.Metrics.Store.Snapshots;
using SriovPulse.Testing.Netlink;

namespace SriovPulse.Metrics.Tests.Store.Snapshots;

/// <summary>
/// Damaged snapshots, in great number: each is read or refused, nothing else. Half of them get right checksums again, so that the damage comes
/// through to what the checksums guard. SRIOVPULSE_FUZZ_ITERATIONS sets how many, SRIOVPULSE_FUZZ_SEED another seed.
/// </summary>
public sealed class SnapshotMutationTests
{
    private const int DefaultIterations = 100_000;
    private const ulong DefaultSeed = 20_260_801;

    [Fact]
    public void Damaged_snapshots_are_read_or_refused()
    {
        var iterations = Setting("SRIOVPULSE_FUZZ_ITERATIONS", DefaultIterations);
        var seed = Setting("SRIOVPULSE_FUZZ_SEED", DefaultSeed);
        var original = Original();
        var (taken, refused) = (0L, 0L);
        for (var i = 0UL; i < iterations; i++)
        {
            var random = new FuzzRandom(seed, i);
            var bytes = Damage(original, ref random);
            try
            {
                SnapshotReader.Read(new MemoryStream(bytes), Check, Check);
                taken++;
            }
            catch (InvalidDataException)
            {
                refused++;
            }
            catch (Exception other)
            {
                Assert.Fail($"iteration {i} of seed {seed}: {Convert.ToHexString(bytes)}: {other}");
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{taken} taken, {refused} refused");
        Assert.True(refused > 0 && (taken > 0 || iterations < 10_000), $"{taken} taken, {refused} refused: the damage says nothing");
    }

    [Fact]
    public void A_snapshot_damaged_in_any_byte_is_refused()
    {
        var original = Original();
        for (var i = 0; i < original.Length; i++)
        {
            byte[] bytes = [.. original];
            bytes[i] ^= 0x10;
            Assert.Throws<InvalidDataException>(() => SnapshotReader.Read(new MemoryStream(bytes), Check, Check));
            Assert.Throws<InvalidDataException>(() => SnapshotReader.Read(new MemoryStream(original[..i]), Check, Check));
        }
    }

    private static byte[] Original()
    {
        using var f = new StoreFixture();
        using var target = f.Open();
        using var second = f.Open("h2");
        for (var i = 0; i < 40; i++)
        {
            StoreFixture.Scrape(target, f.Now, [("a vf=1", i * 1000), ("a vf=2", i * 0.1), ("b vf=1", 1), .. i % 5 == 0 ? (ReadOnlySpan<(string, double)>)[("c", i)] : []]);
            StoreFixture.Scrape(second, f.Now, ("d", i));
            f.Store.Append(StoreFixture.Labels("recorded x=y"), f.Now, i);
            f.Pass(15);
        }

        using var stream = new MemoryStream();
        f.Store.WriteSnapshot(stream);
        return stream.ToArray();
    }

    private static byte[] Damage(byte[] original, ref FuzzRandom random)
    {
        byte[] bytes = [.. original];
        for (var i = random.Below(4); i >= 0; i--)
        {
            var at = random.Below(bytes.Length);
            switch (random.Below(8))
            {
                case 0:
                    bytes = bytes[..Math.Max(1, at)];
                    break;
                case 1:
                    var from = random.Below(bytes.Length);
                    var count = Math.Min(random.Below(40), bytes.Length - Math.Max(from, at));
                    bytes.AsSpan(from, count).CopyTo(bytes.AsSpan(at));
                    break;
                case 2:
                    bytes[at] = (byte)(random.Below(2) == 0 ? 0 : 0xff);
                    break;
                case 3:
                    bytes[at]++;
                    break;
                case 4 or 5:
                    bytes[at] ^= (byte)(1 << random.Below(8));
                    break;
                default:
                    bytes[at] = (byte)random.Next();
                    break;
            }
        }

        if (random.Below(2) == 0)
        {
            Seal(bytes);
        }

        return bytes;
    }

    // Gives each section the checksum of what it holds now.
    private static void Seal(byte[] bytes)
    {
        var at = SnapshotFormat.Magic.Length;
        while (at + SnapshotFormat.SectionHead <= bytes.Length)
        {
            var length = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(at + 1));
            var payload = at + SnapshotFormat.SectionHead;
            if (length < 0 || length > bytes.Length - payload)
            {
                return;
            }

            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at + 9), Checksum.Of(bytes.AsSpan(payload, (int)length)));
            at = payload + (int)length;
        }
    }

    // What was taken must be something that a store can hold.
    private static void Check(TargetImage target)
    {
        var last = long.MinValue;
        var cells = new double[ValueRun.Limit];
        foreach (var block in target.Blocks)
        {
            foreach (var timestamp in block.Timestamps)
            {
                Require(timestamp > last, "times that do not rise");
                last = timestamp;
            }

            Require(block.SlotLimit <= target.Series.Length, "samples of no series");
            for (var slot = 0; slot < block.SlotLimit; slot++)
            {
                block.TryRead(slot, cells.AsSpan(0, block.Timestamps.Length));
            }
        }
    }

    private static void Check(SeriesImage series) => Require(
        series.Samples.Zip(series.Samples.Skip(1)).All(static pair => pair.First.Timestamp < pair.Second.Timestamp), "times that do not rise");

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new InvalidOperationException(otherwise);
        }
    }

    private static ulong Setting(string name, ulong otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? ulong.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
