using System.Globalization;
using System.Text;
using SriovPulse.Agent.Exposition;

namespace SriovPulse.Agent.Tests.Exposition;

public sealed class ExpositionNumbersTests
{
    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(-0.0, "-0")]
    [InlineData(0.1, "0.1")]
    [InlineData(1.25e9, "1250000000")]
    [InlineData(double.PositiveInfinity, "+Inf")]
    [InlineData(double.NegativeInfinity, "-Inf")]
    [InlineData(double.NaN, "NaN")]
    public void Double_is_spelt_as_the_formats_do(double value, string text) => Assert.Equal(text, Written(to => ExpositionNumbers.Write(value, to)));

    [Fact]
    public void Integers_keep_all_bits() => Assert.Equal("18446744073709551615", Written(to => ExpositionNumbers.Write(ulong.MaxValue, to)));

    [Theory]
    [InlineData(1_700_000_000_123, "1700000000.123")]
    [InlineData(1_000, "1")]
    public void Milliseconds_become_seconds(long milliseconds, string text) => Assert.Equal(text, Written(to => ExpositionNumbers.WriteSeconds(milliseconds, to)));

    [Fact]
    public void Any_double_reads_back_as_itself_and_fits()
    {
        var random = new Random(1);
        foreach (var value in Enumerable.Range(0, 100_000).Select(_ => BitConverter.Int64BitsToDouble(random.NextInt64())).Append(double.Epsilon).Append(-double.MaxValue))
        {
            var text = Written(to => ExpositionNumbers.Write(value, to));

            Assert.InRange(text.Length, 1, ExpositionNumbers.MaxLength);
            if (double.IsFinite(value))
            {
                Assert.Equal(value, double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture));
            }
        }
    }

    private static string Written(SpanWriter write)
    {
        Span<byte> buffer = stackalloc byte[ExpositionNumbers.MaxLength];
        return Encoding.UTF8.GetString(buffer[..write(buffer)]);
    }

    private delegate int SpanWriter(Span<byte> to);
}
