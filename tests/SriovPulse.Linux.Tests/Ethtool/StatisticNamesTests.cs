using System.Text;
using SriovPulse.Linux.Ethtool;

namespace SriovPulse.Linux.Tests.Ethtool;

public sealed class StatisticNamesTests
{
    [Fact]
    public void Names_end_at_nul_and_lose_trailing_spaces()
    {
        var fields = new byte[4 * 8];
        "rx\0junk!"u8.CopyTo(fields);
        "full8byt"u8.CopyTo(fields.AsSpan(8));
        "tx_ok   "u8.CopyTo(fields.AsSpan(16));

        var names = StatisticNames.Parse(fields, 8);

        Assert.Equal(4, names.Count);
        Assert.Equal(["rx", "full8byt", "tx_ok", ""], Enumerable.Range(0, 4).Select(i => Encoding.UTF8.GetString(names[i])));
        Assert.Equal(2, names.IndexOf("tx_ok"u8));
        Assert.Equal(-1, names.IndexOf("tx"u8));
    }

    [Fact]
    public void Names_given_as_text_are_found_by_bytes()
    {
        var names = StatisticNames.Of("a", "b", "a");

        Assert.Equal(3, names.Count);
        Assert.Equal(0, names.IndexOf("a"u8));
        Assert.Equal(1, names.IndexOf("b"u8));
        Assert.Equal(0, StatisticNames.Empty.Count);
    }

    [Fact]
    public void Length_that_is_no_multiple_of_the_width_is_refused() =>
        Assert.Throws<ArgumentException>(() => StatisticNames.Parse(new byte[33], 32));
}
