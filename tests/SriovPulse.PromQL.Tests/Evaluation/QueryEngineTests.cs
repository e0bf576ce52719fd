using Microsoft.Extensions.Time.Testing;
using SriovPulse.PromQL.Ast;
using SriovPulse.PromQL.Evaluation;
using SriovPulse.PromQL.Series;
using SriovPulse.PromQL.Tests.PromqlTest;

namespace SriovPulse.PromQL.Tests.Evaluation;

public sealed class QueryEngineTests
{
    private static readonly TestSource s_fleet = SeriesList.Of(
        15_000,
        "tx_total{instance=\"h1\",pf=\"p0\",vf=\"0\"} 0+150x20",
        "tx_total{instance=\"h1\",pf=\"p0\",vf=\"1\"} 0+1500x20",
        "tx_total{instance=\"h2\",pf=\"p0\",vf=\"0\"} 0+300x20",
        "speed{instance=\"h1\",pf=\"p0\"} 100x20",
        "speed{instance=\"h2\",pf=\"p0\"} 100x20");

    [Fact]
    public void An_instant_query_yields_a_vector_without_dropped_names()
    {
        var result = Instant("rate(tx_total[1m]) / on (instance, pf) group_left () speed > 0.5");

        var sample = Assert.Single(Assert.IsType<VectorValue>(result.Value).Samples);
        Assert.Equal("{instance=\"h1\", pf=\"p0\", vf=\"1\"}", sample.Labels.ToString());
        Assert.Equal(1.0, sample.Value, 9);
        Assert.Empty(result.Annotations);
    }

    [Fact]
    public void A_range_query_yields_the_instant_values_of_each_step()
    {
        var engine = new QueryEngine(s_fleet);
        var expression = PromQLExpression.Parse("sum by (instance) (rate(tx_total[1m])) * 2 + count(speed) by (instance)");

        var matrix = Assert.IsType<MatrixValue>(engine.Range(expression, 60_000, 240_000, 30_000).Value);
        Assert.Equal(["{instance=\"h1\"}", "{instance=\"h2\"}"], matrix.Series.Select(static series => series.Labels.ToString()));
        foreach (var series in matrix.Series)
        {
            Assert.Equal(7, series.Samples.Count);
            foreach (var sample in series.Samples)
            {
                var vector = Assert.IsType<VectorValue>(engine.Instant(expression, sample.Timestamp).Value);
                Assert.Equal(vector.Samples.Single(s => s.Labels.Equals(series.Labels)).Value, sample.Value);
            }
        }
    }

    [Theory]
    [InlineData("deriv((vector(NaN))[5m:1m])")]
    [InlineData("predict_linear((vector(NaN))[5m:1m], 60)")]
    public void A_line_through_NaN_is_NaN(string text) =>
        Assert.Equal(double.NaN, Assert.Single(Assert.IsType<VectorValue>(Instant(text).Value).Samples).Value);

    [Fact]
    public void Too_many_samples_end_the_query_where_they_are_asked_for()
    {
        var engine = new QueryEngine(s_fleet, new QueryLimits { MaxSamples = 5 });

        const string Text = "1 + sum(tx_total) + rate(tx_total[5m])";
        var e = Assert.Throws<QueryLimitException>(() => engine.Instant(PromQLExpression.Parse(Text), 300_000));
        Assert.Contains("limit of 5", e.Message, StringComparison.Ordinal);
        Assert.Equal("tx_total[5m]", Text[e.Range.Start..e.Range.End]);
    }

    [Fact]
    public void Too_many_series_and_steps_are_limits_too()
    {
        Assert.Throws<QueryLimitException>(() => new QueryEngine(s_fleet, new QueryLimits { MaxSeries = 2 }).Instant(PromQLExpression.Parse("tx_total"), 300_000));
        Assert.Throws<QueryLimitException>(() => new QueryEngine(s_fleet).Range(PromQLExpression.Parse("tx_total"), 0, 11_000, 1));
    }

    [Fact]
    public void Held_samples_are_those_held_at_one_time()
    {
        // Each operand holds three samples, and they are let go when the sum is made.
        var engine = new QueryEngine(s_fleet, new QueryLimits { MaxSamples = 8 });
        var result = engine.Instant(PromQLExpression.Parse("sum(tx_total) + sum(tx_total) + sum(tx_total) + sum(tx_total)"), 300_000);
        Assert.Single(Assert.IsType<VectorValue>(result.Value).Samples);
    }

    [Fact]
    public void The_timeout_is_measured_by_the_given_clock()
    {
        var clock = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromSeconds(1) };
        var engine = new QueryEngine(s_fleet, new QueryLimits { Timeout = TimeSpan.FromSeconds(3) }, clock);

        var e = Assert.Throws<QueryTimeoutException>(() => engine.Instant(PromQLExpression.Parse("speed + speed + speed + speed"), 300_000));
        Assert.Equal("query timed out after 3 s", e.Message);
    }

    [Fact]
    public void A_cancelled_query_says_so()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<QueryCanceledException>(() => new QueryEngine(s_fleet).Instant(PromQLExpression.Parse("speed"), 300_000, cancelled.Token));
    }

    [Fact]
    public void A_source_that_notices_the_cancellation_first_is_no_other_failure()
    {
        using var cancelled = new CancellationTokenSource();
        var engine = new QueryEngine(new CancellingSource(cancelled));
        Assert.Throws<QueryCanceledException>(() => engine.Instant(PromQLExpression.Parse("speed"), 300_000, cancelled.Token));
    }

    [Fact]
    public void Series_that_become_the_same_are_an_error_at_the_top_of_a_subquery_too()
    {
        var source = SeriesList.Of(1000, "a{x=\"1\"} 1", "b{x=\"1\"} 2");
        var e = Assert.Throws<QueryExecutionException>(() => new QueryEngine(source).Instant(PromQLExpression.Parse("abs({x=\"1\"})[1m:1s]"), 0));
        Assert.Equal(("vector cannot contain metrics with the same labelset", "{x=\"1\"}"), (e.Message, e.Details));
    }

    [Theory]
    [InlineData("tx_total * on (instance) speed", "multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)")]
    [InlineData("speed * on (pf) group_left () speed", "many-to-many matching not allowed")]
    [InlineData("label_replace(tx_total, \"vf\", \"x\", \"vf\", \".*\")", "vector cannot contain metrics with the same labelset")]
    [InlineData("topk(NaN, speed)", "Parameter value is NaN")]
    public void Data_that_does_not_go_with_the_expression_is_an_error_of_execution(string text, string message)
    {
        var e = Assert.Throws<QueryExecutionException>(() => Instant(text));
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_range_query_needs_a_scalar_or_vector() =>
        Assert.Throws<QueryExecutionException>(() => new QueryEngine(s_fleet).Range(PromQLExpression.Parse("speed[5m]"), 0, 10, 1));

    [Fact]
    public void A_rate_of_a_gauge_is_remarked()
    {
        var info = Assert.Single(Instant("sum(rate(speed[1m]))").Annotations);
        Assert.Equal("PromQL info: metric might not be a counter, name does not end in _total/_sum/_count/_bucket: \"speed\" (1:10)", info.ToString());
    }

    [Fact]
    public void Group_labels_must_keep_series_apart()
    {
        var source = SeriesList.Of(1000, "a{x=\"1\"} 1", "a{x=\"2\"} 2", "b{x=\"3\"} 1");
        Assert.Contains(
            "grouping labels must ensure unique matches",
            Assert.Throws<QueryExecutionException>(() => new QueryEngine(source).Instant(PromQLExpression.Parse("a * on () group_left (x) b"), 0)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_arithmetic_took_away_are_not_seen_again()
    {
        var source = SeriesList.Of(1000, "a{x=\"1\"} 1", "b{x=\"1\"} 2");
        var result = new QueryEngine(source).Instant(PromQLExpression.Parse("label_replace(a + b, \"name\", \"was $1\", \"__name__\", \"(.*)\")"), 0);
        Assert.Equal("{name=\"was \", x=\"1\"}", Assert.Single(Assert.IsType<VectorValue>(result.Value).Samples).Labels.ToString());
        result = new QueryEngine(source).Instant(PromQLExpression.Parse("sum by (__name__) (a + b)"), 0);
        Assert.Equal("{}", Assert.Single(Assert.IsType<VectorValue>(result.Value).Samples).Labels.ToString());
    }

    [Fact]
    public void Selectors_tell_which_window_they_need()
    {
        var windows = SelectorWindow.Of(
            PromQLExpression.Parse("a + rate(b[1m] offset 2m) + max_over_time(rate(c[1m])[1h:1m] offset 5m) + d @ 100 + sum_over_time(e[1m:] @ end()) + f offset -1m"),
            new QueryLimits());

        Assert.Equal(
            [
                ("a", 300_000, 0, null), ("b", 180_000, 120_000, null), ("c", 3_960_000, 300_000, null), ("d", 300_000, 0, AtKind.Timestamp),
                ("e", 360_000, 0, AtKind.End), ("f", 240_000, -60_000, null),
            ],
            windows.Select(static w => (w.Selector.Name!, w.Oldest, w.Newest, w.RelativeTo?.Kind)));
    }

    private sealed class CancellingSource(CancellationTokenSource cancellation) : ISeriesSource
    {
        public IReadOnlyList<ISeries> FindSeries(
            IReadOnlyList<LabelMatcher> matchers, long startExclusive, long endInclusive, CancellationToken cancellationToken)
        {
            cancellation.Cancel();
            cancellationToken.ThrowIfCancellationRequested();
            return [];
        }
    }

    private static QueryResult Instant(string text) => new QueryEngine(s_fleet).Instant(PromQLExpression.Parse(text), 300_000);
}
