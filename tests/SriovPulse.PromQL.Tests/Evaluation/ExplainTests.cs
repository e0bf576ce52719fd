using SriovPulse.PromQL.Evaluation;
using SriovPulse.PromQL.Explaining;

namespace SriovPulse.PromQL.Tests.Evaluation;

public sealed class ExplainTests
{
    [Fact]
    public void Every_node_tells_what_it_yielded()
    {
        var source = SeriesList.Of(15_000, "tx_total{pf=\"p0\",vf=\"0\"} 0+150x20", "tx_total{pf=\"p0\",vf=\"1\"} 0+15x20", "speed{pf=\"p1\"} 100x20");
        var explanation = new QueryEngine(source).Explain(PromQLExpression.Parse("rate(tx_total[1m]) / on (pf) group_left () speed > 0.5"), 300_000);

        Assert.Null(explanation.Failure);
        var root = explanation.Root;
        Assert.Equal(0, root.Count);
        var division = root.Children[0];
        Assert.Equal(("rate(tx_total[1m]) / on (pf) group_left () speed", 0), (division.Text, division.Count));
        var rate = division.Children[0];
        Assert.Equal(2, rate.Count);
        Assert.Equal(["{pf=\"p0\", vf=\"0\"}", "{pf=\"p0\", vf=\"1\"}"], rate.LabelSets.Select(static labels => labels.ToString()));
        Assert.Equal((2, 8L), (rate.Children[0].Count, rate.Children[0].Samples));
        Assert.Equal(["speed{pf=\"p1\"}"], division.Children[1].LabelSets.Select(static labels => labels.ToString()));
        Assert.Equal("0.5", root.Children[1].Value);
    }

    [Fact]
    public void A_failure_is_told_with_what_was_evaluated_before()
    {
        var source = SeriesList.Of(15_000, "a{x=\"1\"} 1", "a{x=\"2\"} 1");
        var explanation = new QueryEngine(source).Explain(PromQLExpression.Parse("a * on () a"), 0);

        Assert.IsType<QueryExecutionException>(explanation.Failure);
        Assert.Null(explanation.Root.Count);
        Assert.Equal(2, explanation.Root.Children[0].Count);
    }

    [Fact]
    public void Label_sets_are_no_more_than_asked_for()
    {
        var source = SeriesList.Of(15_000, "a{x=\"1\"} 1", "a{x=\"2\"} 1", "a{x=\"3\"} 1");
        ExplainNode root = new QueryEngine(source).Explain(PromQLExpression.Parse("a"), 0, mostLabelSets: 2).Root;
        Assert.Equal((3, 2), (root.Count, root.LabelSets.Count));
    }
}
