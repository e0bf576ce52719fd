using SriovPulse.PromQL.Series;
using SriovPulse.PromQL.Tests.PromqlTest;

namespace SriovPulse.PromQL.Tests.Properties;

/// <summary>Makes series for the expressions of <see cref="ExpressionGenerator"/>, with gaps, resets and ends.</summary>
public static class SeriesGenerator
{
    public const long Interval = 15_000;

    public static TestSource Of(Random random)
    {
        var source = new TestSource();
        foreach (var name in new[] { "a", "b", "c_total" })
        {
            for (var i = random.Next(5); i >= 0; i--)
            {
                var series = source.Get(Labels.Create(new(Labels.MetricName, name), new("x", $"{random.Next(3)}"), new("y", $"{random.Next(2)}")));
                var value = random.Next(100);
                for (var at = 0; at < 24; at++)
                {
                    value = name == "c_total" && random.Next(8) > 0 ? value + random.Next(50) : random.Next(100);
                    series.Add(
                        at * Interval,
                        random.Next(10) switch { 0 => PointText.Gap, 1 when random.Next(3) == 0 => PointText.Of(Staleness.Marker), _ => PointText.Of(value) });
                }
            }
        }

        return source;
    }
}
