namespace SriovPulse.Core.Tests;

public sealed class HardwareAddressTests
{
    [Fact]
    public void Ethernet_address_prints_as_pairs()
    {
        var address = new HardwareAddress([0x52, 0x54, 0, 0, 0, 0x0f]);

        Assert.Equal("52:54:00:00:00:0f", address.ToString());
        Assert.False(address.IsZero);
    }

    [Fact]
    public void No_address_prints_as_nothing() => Assert.Equal(string.Empty, default(HardwareAddress).ToString());

    [Fact]
    public void Addresses_of_different_length_differ()
    {
        Assert.NotEqual(new HardwareAddress(new byte[6]), new HardwareAddress(new byte[20]));
        Assert.True(new HardwareAddress(new byte[20]).IsZero);
    }

    [Fact]
    public void More_bytes_than_the_kernel_allows_are_refused() =>
        Assert.Throws<ArgumentException>(() => new HardwareAddress(new byte[33]));
}
