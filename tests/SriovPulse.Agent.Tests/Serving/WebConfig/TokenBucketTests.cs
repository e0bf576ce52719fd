using Microsoft.Extensions.Time.Testing;
using SriovPulse.Agent.Serving.WebConfig;

namespace SriovPulse.Agent.Tests.Serving.WebConfig;

public sealed class TokenBucketTests
{
    [Fact]
    public void Burst_is_admitted_and_then_one_per_interval()
    {
        var time = new FakeTimeProvider();
        var bucket = new TokenBucket(new(TimeSpan.FromSeconds(2), 3), time);

        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(_ => bucket.TryTake()));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(bucket.TryTake());
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(bucket.TryTake());
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(_ => bucket.TryTake()));
    }
}
