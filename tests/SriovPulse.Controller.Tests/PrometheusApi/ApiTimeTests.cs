using SriovPulse.Controller.PrometheusApi;

namespace SriovPulse.Controller.Tests.PrometheusApi;

public sealed class ApiTimeTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("1435781451.781", 1_435_781_451_781)]
    [InlineData("-1.5", -1500)]
    [InlineData("1e9", 1_000_000_000_000)]
    [InlineData("2015-07-01T20:10:51Z", 1_435_781_451_000)]
    [InlineData("2015-07-01T20:10:51.781Z", 1_435_781_451_781)]
    [InlineData("2015-07-01T22:10:51.781+02:00", 1_435_781_451_781)]
    [InlineData("2015-07-01T20:10:51.781123456Z", 1_435_781_451_781)]
    [InlineData("-292273086-05-16T16:47:06Z", long.MinValue)]
    [InlineData("292277025-08-18T07:12:54.999999999Z", long.MaxValue)]
    public void Times(string text, long expected)
    {
        Assert.True(ApiTime.TryParseTime(text, out var time));
        Assert.Equal(expected, time);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" 1")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1e300")]
    [InlineData("now")]
    [InlineData("2015-07-01")]
    [InlineData("2015-07-01T20:10:51")]
    [InlineData("2015-13-01T20:10:51Z")]
    public void No_times(string text) => Assert.False(ApiTime.TryParseTime(text, out _));

    [Theory]
    [InlineData("15s", 15_000)]
    [InlineData("1m30s", 90_000)]
    [InlineData("0.5", 500)]
    [InlineData("60", 60_000)]
    public void Durations(string text, long expected)
    {
        Assert.True(ApiTime.TryParseDuration(text, out var duration));
        Assert.Equal(expected, duration);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("1s1m")]
    [InlineData("1.5m")]
    public void No_durations(string text) => Assert.False(ApiTime.TryParseDuration(text, out _));
}
