using System.Globalization;
using SriovPulse.PromQL.Evaluation;
using SriovPulse.PromQL.Parsing;
using SriovPulse.PromQL.Tests.Properties;

namespace SriovPulse.PromQL.Tests;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData(1e21, "1000000000000000000000")]
    [InlineData(-1.5e-7, "-0.00000015")]
    [InlineData(123456789.125, "123456789.125")]
    [InlineData(1.2345e17, "123450000000000000")]
    [InlineData(0, "0")]
    [InlineData(double.PositiveInfinity, "+Inf")]
    [InlineData(double.NegativeInfinity, "-Inf")]
    [InlineData(double.NaN, "NaN")]
    public void Numbers_have_no_exponent(double value, string expected) => Assert.Equal(expected, NumberText.Format(value));

    [Fact]
    public void Numbers_read_back_as_themselves() => Seeds.ForAll(2000, static random =>
    {
        var value = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
        if (double.IsFinite(value))
        {
            var text = NumberText.Format(value);
            Assert.DoesNotContain('E', text);
            Assert.Equal(value, double.Parse(text, CultureInfo.InvariantCulture));
        }
    });

    [Fact]
    public void Durations_read_back_as_themselves() => Seeds.ForAll(2000, static random =>
    {
        var milliseconds = random.NextInt64(1L << random.Next(1, 40));
        Assert.True(DurationText.TryParse(DurationText.Format(milliseconds), out var duration));
        Assert.Equal(milliseconds, (long)duration.TotalMilliseconds);
    });

    [Theory]
    [InlineData("1h30m", 5_400_000)]
    [InlineData("250ms", 250)]
    [InlineData("0", 0)]
    [InlineData("1y2w3d", 33_004_800_000)]
    public void Durations_are_read(string text, long milliseconds)
    {
        Assert.True(DurationText.TryParse(text, out var duration));
        Assert.Equal(milliseconds, (long)duration.TotalMilliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("m")]
    [InlineData("1m1h")]
    [InlineData("1.5h")]
    [InlineData("5m ")]
    [InlineData("-5m")]
    public void What_is_no_duration_is_refused(string text) => Assert.False(DurationText.TryParse(text, out _));
}
