using SriovPulse.Agent.Sampling;

namespace SriovPulse.Agent.Tests.Sampling;

public sealed class SamplingBudgetTests
{
    private static readonly SamplingBudget s_budget = new(0.01, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(1));

    [Fact]
    public void Cheap_sources_are_sampled_at_the_shortest_interval() =>
        Assert.Equal(TimeSpan.FromMilliseconds(100), Choose([0.0002, 0.0001], out _));

    [Fact]
    public void Interval_grows_with_the_cost()
    {
        Assert.Equal(0.6, Choose([0.004, 0.002], out var chosen).TotalSeconds, 6);
        Assert.Equal([true, true], chosen);
    }

    [Fact]
    public void What_does_not_fit_is_left_out_and_the_rest_stays()
    {
        // 128 VFs at 1 ms each hold the lock for 128 ms: once in 12.8 s at 1 %.
        Assert.Equal(0.3, Choose([0.128, 0.002, 0.001], out var chosen).TotalSeconds, 6);
        Assert.Equal([false, true, true], chosen);
    }

    [Fact]
    public void Share_is_kept_for_any_costs()
    {
        var random = new Random(4711);
        for (var i = 0; i < 1000; i++)
        {
            var costs = Enumerable.Range(0, random.Next(0, 20)).Select(_ => Math.Pow(10, -5 + (random.NextDouble() * 5))).ToArray();
            var interval = Choose(costs, out var chosen).TotalSeconds;
            var spent = costs.Where((_, k) => chosen[k]).Sum();

            Assert.InRange(spent / interval, 0, 0.01 + 1e-9);
            Assert.InRange(interval, 0.1, 1 + 1e-6);
        }
    }

    private static TimeSpan Choose(double[] costs, out bool[] chosen)
    {
        chosen = new bool[costs.Length];
        return s_budget.Choose(costs, chosen);
    }
}
