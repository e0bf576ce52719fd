using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using SriovPulse.Linux.Files;
using SriovPulse.Linux.Sysfs;

namespace SriovPulse.Linux.Tests.Sysfs;

public sealed partial class PcieLinkTests
{
    [Theory]
    [InlineData("2.5 GT/s PCIe\n", 2500)]
    [InlineData("5.0 GT/s PCIe\n", 5000)]
    [InlineData("8 GT/s\n", 8000)]
    [InlineData("16.0 GT/s PCIe", 16000)]
    [InlineData("32.0 GT/s PCIe\n", 32000)]
    [InlineData("64.0 GT/s PCIe\n", 64000)]
    public void Speed_is_read(string text, int expected) => Assert.Equal(new FileValue<int>(expected), PcieLink.ParseSpeed(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("Unknown\n", ReadStatus.Unsupported)]
    [InlineData("Unknown speed\n", ReadStatus.Unsupported)]
    [InlineData("", ReadStatus.Malformed)]
    [InlineData("fast\n", ReadStatus.Malformed)]
    [InlineData("16.0\n", ReadStatus.Malformed)]
    [InlineData("16.0 MT/s\n", ReadStatus.Malformed)]
    [InlineData("-16.0 GT/s PCIe\n", ReadStatus.Malformed)]
    [InlineData("0.0 GT/s PCIe\n", ReadStatus.Malformed)]
    [InlineData("99999999999999999999999999999 GT/s PCIe\n", ReadStatus.Malformed)]
    public void Speed_that_is_none_is_told(string text, ReadStatus expected) =>
        Assert.Equal(expected, PcieLink.ParseSpeed(Encoding.UTF8.GetBytes(text)).Status);

    [Theory]
    [InlineData("1\n", ReadStatus.Ok)]
    [InlineData("16\n", ReadStatus.Ok)]
    [InlineData("0\n", ReadStatus.Unsupported)]
    [InlineData("63\n", ReadStatus.Unsupported)]
    [InlineData("255\n", ReadStatus.Unsupported)]
    [InlineData("x16\n", ReadStatus.Malformed)]
    public void Width_is_read_when_a_link_can_have_it(string text, ReadStatus expected) =>
        Assert.Equal(expected, PcieLink.ParseWidth(Encoding.UTF8.GetBytes(text)).Status);

    /// <summary>Figures from transfer rate, width and encoding, worked out by hand.</summary>
    [Theory]
    [InlineData(2500, 1, 250e6)]
    [InlineData(5000, 8, 4e9)]
    [InlineData(8000, 8, 7.876923e9)]
    [InlineData(16000, 16, 31.507692e9)]
    [InlineData(32000, 16, 63.015384e9)]
    [InlineData(64000, 16, 121e9)]
    public void Bandwidth_follows_from_the_encoding(int speed, int lanes, double expected) =>
        Assert.Equal(expected, new PcieLink(speed, lanes).BytesPerSecond, expected * 1e-6);

    [Fact]
    public void Mutated_speed_is_read_only_when_it_still_is_one()
    {
        string[] seeds = ["16.0 GT/s PCIe\n", "2.5 GT/s PCIe\n", "8 GT/s\n", "Unknown\n"];
        var outcomes = new HashSet<ReadStatus>();
        foreach (var (text, bytes) in Mutations.Of(seeds, seed: 1, count: 50_000))
        {
            var speed = PcieLink.ParseSpeed(bytes);
            outcomes.Add(speed.Status);
            var match = SpeedForm().Match(text.Trim(' ', '\t', '\r', '\n', '\0'));
            if (speed.HasValue)
            {
                Assert.True(match.Success, $"\"{text}\" was read as {speed.Value}");
                var expected = decimal.Parse(match.Groups[1].ValueSpan, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | NumberStyles.AllowExponent, CultureInfo.InvariantCulture);
                Assert.Equal((int)(expected * 1000), speed.Value);
            }
        }

        Assert.Equal([ReadStatus.Ok, ReadStatus.Unsupported, ReadStatus.Malformed], outcomes.Order());
    }

    [GeneratedRegex(@"^(\+?[0-9]*\.?[0-9]*([eE][+-]?[0-9]+)?) GT/s")]
    private static partial Regex SpeedForm();
}
