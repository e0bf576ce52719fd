using System.Text;
using SriovPulse.Core;
using SriovPulse.Linux.Files;

namespace SriovPulse.Linux.Tests.Files;

public sealed class RelativePathTests
{
    [Theory]
    [InlineData("0000:3b:02.1")]
    [InlineData("ffff:ff:1f.7")]
    [InlineData("10000:e1:00.0")]
    [InlineData("123456:00:00.0")]
    [InlineData("ffffffff:00:1f.6")]
    public void Address_is_spelled_as_sysfs_does(string address)
    {
        var path = new RelativePath(new byte[PciAddress.MaxLength]);
        path.Append(PciAddress.Parse(address));
        Assert.Equal(address, Encoding.UTF8.GetString(path.Utf8));
    }

    [Fact]
    public void Pieces_are_joined_and_cut_back()
    {
        var path = new RelativePath(new byte[16]);
        path.Append(12);
        path.Append("/stats"u8);
        var length = path.Length;
        path.Append("/eth0");
        path.Truncate(length);
        path.Append("/x"u8);
        Assert.Equal("12/stats/x", Encoding.UTF8.GetString(path.Utf8));
    }

    [Fact]
    public void Piece_that_does_not_fit_is_the_callers_error()
    {
        Assert.Throws<ArgumentException>(() => new RelativePath(new byte[2]).Append("abc"u8));
        Assert.Throws<ArgumentException>(() => new RelativePath(new byte[2]).Append("abc"));
        Assert.Throws<ArgumentException>(() => new RelativePath(new byte[2]).Append(123));
        Assert.Throws<ArgumentException>(() => new RelativePath(new byte[11]).Append(PciAddress.Parse("0000:3b:02.1")));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RelativePath(new byte[2]).Truncate(1));
    }
}
