using SriovPulse.Agent.Serving;

namespace SriovPulse.Agent.Tests.Serving;

public sealed class ScrapeTimeoutTests
{
    [Theory]
    [InlineData("10", 9.75, 10)]
    [InlineData("2.5", 2.25, 2.5)]
    [InlineData(null, 9.75, 10)]
    [InlineData("", 9.75, 10)]
    [InlineData("soon", 9.75, 10)]
    [InlineData("0", 9.75, 10)]
    [InlineData("-3", 9.75, 10)]
    [InlineData("NaN", 9.75, 10)]
    [InlineData("0.5", 0.5, 0.5)]
    [InlineData("0.1", 0.5, 0.1)]
    [InlineData("0.0001", 0.5, 0.0001)]
    [InlineData("1e300", 299.75, 300)]
    [InlineData("Infinity", 299.75, 300)]
    public void Patience_is_the_header_less_the_offset_and_never_so_short_that_it_spoils_others_answers(string? header, double patience, double total)
    {
        var timeout = ScrapeTimeout.Parse(header, TimeSpan.FromSeconds(0.25));

        Assert.Equal(patience, timeout.Patience.TotalSeconds, 6);
        Assert.Equal(total, timeout.Total.TotalSeconds, 6);
    }
}
