namespace SriovPulse.Core.Tests;

public sealed class VfCountersTests
{
    [Fact]
    public void Absent_is_not_zero()
    {
        var counters = default(VfCounters);
        Assert.True(counters.IsEmpty);

        counters.Set(VfCounter.ReceiveBytes, 0);

        Assert.False(counters.IsEmpty);
        Assert.True(counters.TryGet(VfCounter.ReceiveBytes, out var value));
        Assert.Equal(0UL, value);
        Assert.False(counters.TryGet(VfCounter.TransmitBytes, out _));
    }

    [Fact]
    public void Removed_counter_is_absent_again()
    {
        var counters = default(VfCounters);
        counters.Set(VfCounter.TransmitDroppedPackets, ulong.MaxValue);
        Assert.False(counters.IsAllZero);

        counters.Remove(VfCounter.TransmitDroppedPackets);

        Assert.True(counters.IsEmpty);
        Assert.True(counters.IsAllZero);
    }
}
