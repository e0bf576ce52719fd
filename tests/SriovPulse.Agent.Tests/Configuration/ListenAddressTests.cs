using SriovPulse.Agent.Configuration;

namespace SriovPulse.Agent.Tests.Configuration;

public sealed class ListenAddressTests
{
    [Theory]
    [InlineData("127.0.0.1:9836", "127.0.0.1", 9836)]
    [InlineData("[::1]:9836", "::1", 9836)]
    [InlineData("0.0.0.0:0", "0.0.0.0", 0)]
    [InlineData(":9836", null, 9836)]
    [InlineData("*:9836", null, 9836)]
    public void Address_and_port_are_read(string text, string? address, int port)
    {
        var parsed = ListenAddress.Parse(text);

        Assert.Equal(address, parsed.Address?.ToString());
        Assert.Equal(port, parsed.Port);
        Assert.False(parsed.IsLocalhost);
        Assert.Null(parsed.SocketPath);
    }

    [Fact]
    public void Localhost_is_both_loopback_addresses() => Assert.True(ListenAddress.Parse("localhost:1").IsLocalhost);

    [Fact]
    public void Unix_socket_is_a_path() => Assert.Equal("/run/a.sock", ListenAddress.Parse("unix:/run/a.sock").SocketPath);

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:")]
    [InlineData("127.0.0.1:65536")]
    [InlineData("127.0.0.1:-1")]
    [InlineData("::1:9836")]
    [InlineData("[127.0.0.1]:9836")]
    [InlineData("example.org:9836")]
    [InlineData("unix:run/a.sock")]
    [InlineData("9836")]
    [InlineData("")]
    public void Other_text_is_refused(string text) => Assert.Throws<FormatException>(() => ListenAddress.Parse(text));

    [Fact]
    public void Socket_path_that_the_kernel_has_no_room_for_is_refused() =>
        Assert.Throws<FormatException>(() => ListenAddress.Parse("unix:/" + new string('a', 107)));
}
