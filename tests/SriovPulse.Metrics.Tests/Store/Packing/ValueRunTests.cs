using FsCheck;
using FsCheck.Fluent;
using SriovPulse.Metrics.Store.Packing;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Tests.Store.Packing;

public sealed class ValueRunTests
{
    private const int Scrapes = 16;

    /// <summary>Values as they come, with those in between that a codec gets wrong.</summary>
    private static readonly Gen<double> s_value = Gen.OneOf(
        ArbMap.Default.GeneratorFor<double>(),
        Gen.Choose(-3, 1000).Select(static whole => (double)whole),
        Gen.Choose(0, int.MaxValue).Select(static whole => whole * 4096.0),
        Gen.Elements(
            0, -0.0, 1, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, double.Epsilon, 9007199254740991, 9007199254740992,
            -9007199254740992, 1e300, 0.1, Staleness.Marker, CellValue.Absent));

    [Fact]
    public void What_is_written_is_read()
    {
        var runs = Arb.From(Gen.OneOf(
            Gen.Choose(1, ValueRun.Limit).SelectMany(count => s_value.ArrayOf(count)),
            s_value.SelectMany(value => Gen.Choose(1, ValueRun.Limit).Select(count => Enumerable.Repeat(value, count).ToArray()))));

        Prop.ForAll(runs, static cells =>
        {
            var normal = Array.ConvertAll(cells, static cell => CellValue.IsAbsent(cell) ? cell : CellValue.Of(cell));
            var sink = new ByteSink();
            ValueRun.Write(normal, sink);
            var length = sink.Length;
            sink.Bytes([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]);

            // Alone, and with other runs behind it.
            foreach (var bytes in (byte[][])[sink.Written[..length].ToArray(), sink.ToArray()])
            {
                var read = new double[normal.Length];
                Assert.Equal(length, ValueRun.Read(bytes, read));
                Assert.Equal(Array.ConvertAll(normal, BitConverter.DoubleToInt64Bits), Array.ConvertAll(read, BitConverter.DoubleToInt64Bits));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1.25e9, 6)]
    [InlineData(0.1, 9)]
    public void Constants_take_no_more_than_their_value(double value, int bytes)
    {
        var sink = new ByteSink();
        ValueRun.Write(Enumerable.Repeat(value, Scrapes).ToArray(), sink);

        Assert.Equal(bytes, sink.Length);
    }

    [Fact]
    public void Busy_byte_counters_take_no_more_than_six_bytes_a_sample()
    {
        var random = new Random(1);
        var sink = new ByteSink();
        var counter = 1e15;
        for (var run = 0; run < 100; run++)
        {
            // A GB/s or so, 15 s apart, give or take a third.
            ValueRun.Write(Enumerable.Range(0, Scrapes).Select(_ => counter += Math.Floor(1e9 * 15 * (0.7 + (0.6 * random.NextDouble())))).ToArray(), sink);
        }

        Assert.InRange(sink.Length / 100.0 / Scrapes, 1, 6);
    }

    [Fact]
    public void A_marker_at_the_end_costs_the_numbers_before_it_nothing()
    {
        var numbers = Enumerable.Range(0, Scrapes).Select(static i => 1e9 + (i * 1000.0) + (i % 3)).ToArray();
        var alive = new ByteSink();
        var ended = new ByteSink();
        ValueRun.Write(numbers, alive);
        ValueRun.Write([.. numbers, Staleness.Marker], ended);

        Assert.Equal(alive.Length, ended.Length);
    }

    [Fact]
    public void Any_bytes_are_read_or_refused()
    {
        var refused = 0;
        Prop.ForAll<byte[], byte>((bytes, count) =>
        {
            try
            {
                Assert.InRange(ValueRun.Read(bytes, new double[1 + (count % ValueRun.Limit)]), 1, bytes.Length);
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));

        Assert.True(refused > 0);
    }

    [Fact]
    public void Numbers_of_every_width_are_unpacked_as_they_were_packed()
    {
        var random = new Random(3);
        for (var width = 0; width <= 64; width++)
        {
            var numbers = Enumerable.Range(0, 19).Select(_ => width == 0 ? 0 : (ulong)random.NextInt64(long.MinValue, long.MaxValue) >> (64 - width)).ToArray();
            var bytes = new byte[BitPacking.Size(numbers.Length, width)];
            BitPacking.Pack(numbers, width, bytes);
            var read = new ulong[numbers.Length];
            BitPacking.Unpack(bytes, width, read);

            Assert.Equal(numbers, read);
        }
    }
}
