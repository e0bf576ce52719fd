using System.Text;
using SriovPulse.Linux.Proc;

namespace SriovPulse.Linux.Tests.Proc;

public sealed class CpuListTests
{
    [Theory]
    [InlineData("0\n", 1)]
    [InlineData("0-3\n", 4)]
    [InlineData("0-3,8,10-11\n", 7)]
    [InlineData("0-1023", 1024)]
    public void CpuList_counts_what_it_names(string text, int expected)
    {
        Assert.True(CpuList.TryCount(Encoding.ASCII.GetBytes(text), out var count));
        Assert.Equal(expected, count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("x")]
    [InlineData("3-1")]
    [InlineData("0,")]
    [InlineData("0-")]
    [InlineData("0 1")]
    public void CpuList_refuses_what_is_no_list(string text) => Assert.False(CpuList.TryCount(Encoding.ASCII.GetBytes(text), out _));
}
