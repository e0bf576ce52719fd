namespace SriovPulse.Core.Tests;

public sealed class PciAddressTests
{
    [Theory]
    [InlineData("0000:3b:02.1", 0u, 0x3b, 2, 1)]
    [InlineData("10000:e1:00.0", 0x10000u, 0xe1, 0, 0)]
    [InlineData("ABCD:FF:1F.7", 0xabcdu, 0xff, 31, 7)]
    public void Address_is_read_and_printed_again(string text, uint domain, byte bus, byte device, byte function)
    {
        var address = PciAddress.Parse(text);

        Assert.Equal(new PciAddress(domain, bus, device, function), address);
        Assert.Equal(text.ToLowerInvariant(), address.ToString());
        Assert.Equal(text.ToLowerInvariant(), $"{address}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("3b:02.1")]
    [InlineData("0000:3b:02")]
    [InlineData("0000:3b:20.0")]
    [InlineData("0000:3b:02.8")]
    [InlineData("0000:3g:02.1")]
    [InlineData("0000-3b:02.1")]
    [InlineData("0000:3b:02.1 ")]
    [InlineData("123456789:00:00.0")]
    [InlineData("0000:3b:02.é")]
    public void Anything_else_is_refused(string text)
    {
        Assert.False(PciAddress.TryParse(text, out _));
        Assert.Contains(text, Assert.Throws<FormatException>(() => PciAddress.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0000:01:00.0", 0, 128, 2, "0000:01:10.0")]
    [InlineData("0000:01:00.0", 1, 128, 2, "0000:01:10.2")]
    [InlineData("0000:3b:00.0", 127, 16, 1, "0000:3b:11.7")]
    [InlineData("0000:3b:00.1", 300, 255, 1, "0000:3d:05.4")]
    public void Address_of_a_vf_follows_from_offset_and_stride(string pf, int vf, int offset, int stride, string expected) =>
        Assert.Equal(expected, PciAddress.Parse(pf).VirtualFunction(vf, offset, stride).ToString());

    [Fact]
    public void Addresses_sort_by_domain_bus_device_function()
    {
        string[] sorted = ["0000:01:00.0", "0000:01:00.1", "0000:01:10.0", "0000:02:00.0", "0001:00:00.0"];

        Assert.Equal(sorted, sorted.Reverse().Select(PciAddress.Parse).Order().Select(a => a.ToString()));
    }
}
