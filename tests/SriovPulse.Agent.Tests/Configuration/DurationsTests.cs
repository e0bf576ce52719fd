using SriovPulse.Agent.Configuration;

namespace SriovPulse.Agent.Tests.Configuration;

public sealed class DurationsTests
{
    [Theory]
    [InlineData("250ms", 250)]
    [InlineData("5s", 5_000)]
    [InlineData("0.25s", 250)]
    [InlineData("1m30s", 90_000)]
    [InlineData("1d2h", 93_600_000)]
    [InlineData("0s", 0)]
    public void Duration_is_read(string text, double milliseconds) => Assert.Equal(milliseconds, Durations.Parse(text).TotalMilliseconds);

    [Theory]
    [InlineData("", "empty")]
    [InlineData("5", "needs a unit")]
    [InlineData("5 s", "is no unit")]
    [InlineData("5sec", "is no unit")]
    [InlineData("s", "is no number")]
    [InlineData("1.2.3s", "is no number")]
    [InlineData("-5s", "is no number")]
    [InlineData("30s1m", "larger units come first")]
    [InlineData("1s1s", "larger units come first")]
    [InlineData("11d", "more than ten days")]
    [InlineData("99999999999999999999999999d", "more than ten days")]
    public void Duration_is_refused_with_the_reason(string text, string reason) =>
        Assert.Contains(reason, Assert.Throws<FormatException>(() => Durations.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("0s")]
    [InlineData("250ms")]
    [InlineData("1s")]
    [InlineData("1m30s")]
    [InlineData("1h")]
    [InlineData("2d3h4m5s6ms")]
    public void Duration_is_written_as_it_is_read(string text) => Assert.Equal(text, Durations.Format(Durations.Parse(text)));
}
