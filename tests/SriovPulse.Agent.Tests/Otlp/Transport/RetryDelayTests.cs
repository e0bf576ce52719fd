using SriovPulse.Agent.Otlp.Transport;

namespace SriovPulse.Agent.Tests.Otlp.Transport;

public sealed class RetryDelayTests
{
    [Fact]
    public void Grows_twofold_up_to_a_minute_with_jitter_below()
    {
        var delay = new RetryDelay(new Random(1));

        foreach (var most in (int[])[1, 2, 4, 8, 16, 32, 60, 60, 60])
        {
            Assert.InRange(delay.Next(null).TotalSeconds, most * 0.5, most);
        }
    }

    [Fact]
    public void Begins_anew_after_success()
    {
        var delay = new RetryDelay(new Random(1));
        for (var i = 0; i < 40; i++)
        {
            delay.Next(null);
        }

        delay.Reset();

        Assert.InRange(delay.Next(null).TotalSeconds, 0.5, 1);
    }

    [Fact]
    public void Is_never_shorter_than_what_the_server_asks()
    {
        var delay = new RetryDelay(new Random(1));

        for (var i = 0; i < 100; i++)
        {
            Assert.InRange(delay.Next(TimeSpan.FromSeconds(100)).TotalSeconds, 100, 110);
        }
    }

    [Fact]
    public void Does_not_believe_a_server_that_asks_for_a_year() =>
        Assert.InRange(new RetryDelay(new Random(1)).Next(TimeSpan.FromDays(365)).TotalHours, 1, 1.1);

    [Fact]
    public void Differs_between_hosts_and_not_between_runs()
    {
        static TimeSpan First(int seed) => new RetryDelay(new Random(seed)).Next(null);

        Assert.Equal(First(1), First(1));
        Assert.NotEqual(First(1), First(2));
    }
}
