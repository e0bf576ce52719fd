using SriovPulse.Agent.Sampling;

namespace SriovPulse.Agent.Tests.Sampling;

public sealed class PeakWindowTests
{
    [Fact]
    public void Peak_is_kept_for_at_least_fifty_seconds_and_forgotten_after_sixty()
    {
        var window = default(PeakWindow);
        window.Add(1003, 7);
        window.Add(1004, 3);

        Assert.True(window.TryGet(1053, out var peak));
        Assert.Equal(7, peak);
        Assert.False(window.TryGet(1064, out _));
    }

    [Fact]
    public void Later_lower_peak_stays_when_the_higher_one_is_forgotten()
    {
        var window = default(PeakWindow);
        window.Add(1000, 9);
        window.Add(1030, 4);

        Assert.True(window.TryGet(1059, out var both));
        Assert.Equal(9, both);
        Assert.True(window.TryGet(1060, out var later));
        Assert.Equal(4, later);
    }

    [Fact]
    public void Window_agrees_with_a_list_of_all_values()
    {
        var random = new Random(20260801);
        var window = default(PeakWindow);
        var all = new List<(double Time, double Value)>();
        var time = 0.0;
        for (var i = 0; i < 5000; i++)
        {
            time += random.NextDouble() * (random.Next(50) == 0 ? 90 : 1);
            var value = random.NextDouble();
            window.Add(time, value);
            all.Add((time, value));
            var first = (Math.Floor(time / 10) - 5) * 10;

            Assert.True(window.TryGet(time, out var peak));
            Assert.Equal(all.Where(v => v.Time >= first).Max(v => v.Value), peak);
        }
    }

    [Fact]
    public void Empty_window_has_no_peak() => Assert.False(default(PeakWindow).TryGet(1, out _));
}
