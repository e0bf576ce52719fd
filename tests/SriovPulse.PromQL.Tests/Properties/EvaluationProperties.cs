using SriovPulse.PromQL.Evaluation;
using SriovPulse.PromQL.Series;
using SriovPulse.PromQL.Tests.PromqlTest;

namespace SriovPulse.PromQL.Tests.Properties;

public sealed class EvaluationProperties
{
    [Fact]
    public void A_range_query_is_an_instant_query_at_each_step() => Seeds.ForAll(2500, static random =>
    {
        var engine = new QueryEngine(SeriesGenerator.Of(random));

        // start() and end() differ between the two by what they mean.
        var text = new ExpressionGenerator(random).Expression(random.Next(1, 4)).Text.Replace("@ start()", "@ 100", StringComparison.Ordinal).Replace("@ end()", "@ 200", StringComparison.Ordinal);
        var expression = PromQLExpression.Parse(text);
        var (start, step) = (random.Next(-60, 300) * 1000L, random.Next(1, 90) * 1000L);
        var end = start + (step * random.Next(1, 8));
        MatrixValue? matrix = null;
        var failure = Record.Exception(() => matrix = (MatrixValue)engine.Range(expression, start, end, step).Value);
        var failedAt = new List<long>();
        var byStep = new Dictionary<long, VectorValue>();
        for (var at = start; at <= end; at += step)
        {
            try
            {
                byStep[at] = (VectorValue)engine.Instant(expression, at).Value;
            }
            catch (QueryExecutionException)
            {
                failedAt.Add(at);
            }
        }

        if (failure is not null)
        {
            Assert.IsType<QueryExecutionException>(failure);

            // A subquery of a range query, here as in Prometheus, is evaluated between the windows of its steps too, and may fail there.
            Assert.True(failedAt.Count > 0 || text.Contains(':', StringComparison.Ordinal), $"{text} from {start} by {step}: {failure.Message}, but not at any step");
            return;
        }

        Assert.Empty(failedAt);
        var seen = 0;
        foreach (var series in matrix!.Series)
        {
            foreach (var sample in series.Samples)
            {
                seen++;
                var found = byStep[sample.Timestamp].Samples.Where(s => s.Labels.Equals(series.Labels)).ToArray();
                Assert.True(found.Length == 1, $"{text} at {sample.Timestamp}: {series.Labels} is {sample.Value:R} in the range, and there {found.Length} times alone");
                var expected = found[0].Value;
                Assert.True(expected.Equals(sample.Value), $"{text} at {sample.Timestamp}: {series.Labels} is {sample.Value:R} in the range, {expected:R} alone");
            }
        }

        var alone = byStep.Values.Sum(static vector => vector.Samples.Count);
        Assert.True(alone == seen, $"{text} from {start} by {step} to {end}: {seen} samples in the range, {alone} alone");
    });

    [Fact]
    public void The_rate_of_a_counter_with_resets_is_never_negative() => Seeds.ForAll(2000, static random =>
    {
        var source = new TestSource();
        var series = source.Get(Labels.Create(new Label(Labels.MetricName, "c_total")));
        var (value, at) = (random.NextDouble() * Math.Pow(10, random.Next(16)), 0L);
        for (var i = random.Next(2, 60); i > 0; i--)
        {
            value = random.Next(5) == 0 ? random.Next(3) : value + (random.NextDouble() * Math.Pow(10, random.Next(12)));
            series.Add(at += random.Next(1, 30_000), random.Next(20) == 0 ? PointText.Of(Staleness.Marker) : PointText.Of(value));
        }

        var engine = new QueryEngine(source);
        foreach (var function in new[] { "rate", "increase", "irate", "resets" })
        {
            var expression = PromQLExpression.Parse($"{function}(c_total[{random.Next(1, 300)}s])");
            foreach (var sample in ((MatrixValue)engine.Range(expression, 0, at, Math.Max(1, at / 50)).Value).Series.SelectMany(static s => s.Samples))
            {
                Assert.True(sample.Value >= 0, $"{expression}: {sample}");
            }
        }
    });

    [Theory]
    [InlineData("a + b", "b + a")]
    [InlineData("a * b", "b * a")]
    [InlineData("a - b", "-(b - a)")]
    [InlineData("-(-a) == bool a", "a == bool a")]
    [InlineData("a or a", "a")]
    [InlineData("a and a", "a")]
    [InlineData("a unless b", "a unless (a and b)")]
    [InlineData("(a and b) or (a unless b)", "a")]
    [InlineData("(a > 50) or (a <= 50)", "a")]
    [InlineData("a > b", "a and (a > b)")]
    [InlineData("50 < a", "a > 50")]
    [InlineData("a > bool b", "b < bool a")]
    [InlineData("sum(a)", "sum(sum by (x) (a))")]
    [InlineData("max(a)", "max(max without (y) (a))")]
    [InlineData("min(a)", "-max(-a)")]
    [InlineData("count(a)", "sum(group by (x, y) (a))")]
    [InlineData("avg(a)", "sum(a) / count(a)")]
    [InlineData("stdvar(a)", "avg(a * a) - avg(a) ^ 2")]
    [InlineData("stddev(a)", "stdvar(a) ^ 0.5")]
    [InlineData("quantile(0, a)", "min(a)")]
    [InlineData("quantile(1, a)", "max(a)")]
    [InlineData("topk(1000, a)", "a")]
    [InlineData("sum(topk(1, a))", "max(a)")]
    [InlineData("increase(c_total[1m])", "rate(c_total[1m]) * 60")]
    [InlineData("avg_over_time(a[2m])", "sum_over_time(a[2m]) / count_over_time(a[2m])")]
    [InlineData("quantile_over_time(1, a[2m])", "max_over_time(a[2m]) + 0")]
    [InlineData("a offset 1m", "last_over_time(a[5m] offset 1m) and a offset 1m")]
    [InlineData("sum_over_time(a[1m15s:15s] @ 200)", "sum_over_time(a[1m15s:15s] @ 230 offset 30s)")]
    [InlineData("clamp(a, 20, 60)", "clamp_max(clamp_min(a, 20), 60)")]
    [InlineData("absent(a)", "absent(a unless absent(a)) unless on () a")]
    [InlineData("label_replace(label_replace(a, \"z\", \"$1\", \"x\", \"(.*)\"), \"z\", \"\", \"\", \"\")", "a")]
    public void Laws_hold(string left, string right) => Seeds.ForAll(120, random =>
    {
        var engine = new QueryEngine(SeriesGenerator.Of(random));
        var at = random.Next(500) * 1000L;
        var l = ((VectorValue)engine.Instant(PromQLExpression.Parse(left), at).Value).Samples.ToDictionary(static s => s.Labels, static s => s.Value);
        var r = ((VectorValue)engine.Instant(PromQLExpression.Parse(right), at).Value).Samples.ToDictionary(static s => s.Labels, static s => s.Value);
        Assert.Equal(l.Keys.Select(static k => k.ToString()).Order(StringComparer.Ordinal), r.Keys.Select(static k => k.ToString()).Order(StringComparer.Ordinal));
        foreach (var (labels, value) in l)
        {
            Assert.True(value.Equals(r[labels]) || Math.Abs(value - r[labels]) <= 1e-5 * Math.Max(1, Math.Abs(value)), $"{labels} at {at}: {value:R} and {r[labels]:R}");
        }
    });
}
