using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SriovPulse.Metrics.Exposition;

namespace SriovPulse.Metrics.Tests.Exposition;

public sealed class NumberTests
{
    [Theory]
    [InlineData("0", 0.0)]
    [InlineData("-0", -0.0)]
    [InlineData("5.", 5.0)]
    [InlineData(".5", 0.5)]
    [InlineData("1.7976931348623157e308", double.MaxValue)]
    [InlineData("5e-324", double.Epsilon)]
    [InlineData("9223372036854775808", 9223372036854775808.0)]
    [InlineData("18446744073709551615", 18446744073709551616.0)]
    [InlineData("0000000000000000000000000000001.2e-1", 0.12)]
    [InlineData("inF", double.PositiveInfinity)]
    [InlineData("-INFINITY", double.NegativeInfinity)]
    [InlineData("nAn", double.NaN)]
    [InlineData("1e-999999", 0.0)]
    public void Numbers(string text, double value)
    {
        Assert.True(SampleNumber.TryParse(Encoding.UTF8.GetBytes(text), out var read));
        Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(read));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("e5")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("--1")]
    [InlineData("1.2.3")]
    [InlineData("0x10")]
    [InlineData("1_000")]
    [InlineData("1e309")]
    [InlineData("+nan")]
    [InlineData("1 ")]
    [InlineData("1f")]
    [InlineData("∞")]
    public void No_numbers(string text) => Assert.False(SampleNumber.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void Any_number_reads_as_the_runtime_reads_it() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NormalFloat>(), static number =>
        {
            foreach (var format in (string[])["R", "E16", "E3", "F3", "F0", "G15"])
            {
                var text = number.Item.ToString(format, CultureInfo.InvariantCulture);
                Assert.True(SampleNumber.TryParse(Encoding.UTF8.GetBytes(text), out var read), text);
                Assert.Equal(double.Parse(text, CultureInfo.InvariantCulture), read);
            }
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("1", "1.0")]
    [InlineData("-1", "-1.0")]
    [InlineData("0", "0.0")]
    [InlineData("0.005", "0.005")]
    [InlineData("2.50", "2.5")]
    [InlineData("100000", "100000.0")]
    [InlineData("1e6", "1e+06")]
    [InlineData("123456789", "1.23456789e+08")]
    [InlineData("0.0001", "0.0001")]
    [InlineData("0.00001", "1e-05")]
    [InlineData("1e23", "1e+23")]
    [InlineData("1.5e-100", "1.5e-100")]
    [InlineData("+inf", "+Inf")]
    [InlineData("NaN", "NaN")]
    [InlineData("what", "what")]
    public void Bounds(string text, string canonical) => Assert.Equal(canonical, CanonicalBound.Of(text));
}
