using SriovPulse.Agent.Sampling;

namespace SriovPulse.Agent.Tests.Sampling;

public sealed class SaturationMeterTests
{
    [Fact]
    public void Burst_that_an_average_hides_is_counted()
    {
        var meter = default(SaturationMeter);
        ulong bytes = 1;
        meter.Observe(0, 0, bytes, 0, 0.9 * 1000, 1);
        for (var i = 1; i <= 100; i++)
        {
            bytes += i is > 10 and <= 15 ? 100UL : 1UL;
            meter.Observe(i * 0.1, 0, bytes, 0, 0.9 * 1000, 1);
        }

        // 10 s at 59.5 B/s on average, and yet half a second at the limit of 1,000 B/s.
        Assert.Equal(10, meter.SampledSeconds, 6);
        Assert.Equal(0.5, meter.TransmitSaturatedSeconds, 6);
        Assert.Equal(0, meter.ReceiveSaturatedSeconds);
        Assert.True(meter.TryGetTransmitPeak(10, out var peak));
        Assert.Equal(1000, peak, 6);
    }

    [Fact]
    public void Interval_that_is_too_long_is_not_counted_as_sampled()
    {
        var meter = default(SaturationMeter);
        meter.Observe(0, 0, 0, 1, 1, 1);
        meter.Observe(5, 1000, 1000, 1, 1, 1);

        Assert.Equal(0, meter.SampledSeconds);
        Assert.False(meter.TryGetReceivePeak(5, out _));
    }

    [Fact]
    public void Counter_that_falls_has_no_rate()
    {
        var meter = default(SaturationMeter);
        meter.Observe(0, 1000, 1000, 1, 1, 1);
        meter.Observe(0.5, 10, 2000, 1, 1, 1);
        Assert.Equal(0, meter.SampledSeconds);

        meter.Observe(1, 20, 2010, 1, 1, 1);
        Assert.Equal(0.5, meter.SampledSeconds, 6);
        Assert.Equal(0.5, meter.ReceiveSaturatedSeconds, 6);
    }

    [Fact]
    public void Zeros_of_a_reset_make_no_burst_when_the_counters_come_back()
    {
        var meter = default(SaturationMeter);
        meter.Observe(0, 1_000_000, 1_000_000, 900, 900, 1);
        meter.Observe(0.1, 0, 0, 900, 900, 1);
        meter.Observe(0.2, 0, 0, 900, 900, 1);
        meter.Observe(0.3, 1_000_000, 1_000_000, 900, 900, 1);
        meter.Observe(0.4, 1_000_001, 1_000_001, 900, 900, 1);

        Assert.Equal(0, meter.ReceiveSaturatedSeconds);
        Assert.True(meter.TryGetReceivePeak(0.4, out var peak));
        Assert.Equal(10, peak, 6);
        Assert.Equal(0.2, meter.SampledSeconds, 6);
    }

    [Fact]
    public void Without_a_limit_nothing_is_saturated()
    {
        var meter = default(SaturationMeter);
        meter.Observe(0, 1, 1, 0, 0, 1);
        meter.Observe(0.5, ulong.MaxValue, ulong.MaxValue, 0, 0, 1);

        Assert.Equal(0.5, meter.SampledSeconds);
        Assert.Equal(0, meter.ReceiveSaturatedSeconds);
        Assert.False(meter.HasReceiveLimit);

        meter.Observe(0.75, ulong.MaxValue, ulong.MaxValue, 0, 5, 1);
        meter.Observe(1, ulong.MaxValue, ulong.MaxValue, 0, 0, 1);
        Assert.False(meter.HasReceiveLimit);
        Assert.True(meter.HasTransmitLimit);
    }

    [Fact]
    public void Two_readings_of_one_instant_are_one()
    {
        var meter = default(SaturationMeter);
        meter.Observe(1, 1, 1, 1, 1, 1);
        meter.Observe(1, 100, 100, 1, 1, 1);
        meter.Observe(1.5, 100, 100, 1, 1, 1);

        Assert.Equal(0.5, meter.SampledSeconds);
        Assert.Equal(0.5, meter.ReceiveSaturatedSeconds);
    }

    [Fact]
    public void Interruption_is_not_sampled()
    {
        var meter = default(SaturationMeter);
        meter.Observe(0, 0, 0, 1, 1, 1);
        meter.Interrupt();
        meter.Observe(0.5, 100, 100, 1, 1, 1);

        Assert.Equal(0, meter.SampledSeconds);
    }
}
