using SriovPulse.Metrics.Ingest;
using SriovPulse.Metrics.Scraping.Configuration;
using SriovPulse.Metrics.Scraping.Relabeling;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Tests.Scraping;

public sealed class RelabelingTests
{
    // The labels of the examples; each row: rules as YAML, and what they make of them ("dropped" when nothing).
    private static readonly Labels s_labels = Labels.Create(new("a", "foo"), new("b", "bar"), new("c", "baz"));

    [Theory]
    [InlineData("source_labels: [a], target_label: d", "{a=\"foo\", b=\"bar\", c=\"baz\", d=\"foo\"}")]
    [InlineData("source_labels: [a], target_label: d, regex: f(.*), replacement: 'ch${1}-ch${1}'", "{a=\"foo\", b=\"bar\", c=\"baz\", d=\"choo-choo\"}")]
    [InlineData("source_labels: [a, b], target_label: a, regex: (f).*(;)(.*), replacement: $1$2$3", "{a=\"f;bar\", b=\"bar\", c=\"baz\"}")]
    [InlineData("source_labels: [a, b], separator: '-', target_label: d", "{a=\"foo\", b=\"bar\", c=\"baz\", d=\"foo-bar\"}")]
    [InlineData("source_labels: [a], regex: o, target_label: d", "{a=\"foo\", b=\"bar\", c=\"baz\"}")]
    [InlineData("source_labels: [none], target_label: d, replacement: x", "{a=\"foo\", b=\"bar\", c=\"baz\", d=\"x\"}")]
    [InlineData("target_label: b, replacement: ''", "{a=\"foo\", c=\"baz\"}")]
    [InlineData("source_labels: [a], regex: (f)(.*), target_label: x_$1, replacement: $2", "{a=\"foo\", b=\"bar\", c=\"baz\", x_f=\"oo\"}")]
    [InlineData("source_labels: [a], regex: (f)(.*), target_label: d, replacement: $1x$$2", "{a=\"foo\", b=\"bar\", c=\"baz\", d=\"$2\"}")]
    [InlineData("source_labels: [a], action: keep, regex: fo+", "{a=\"foo\", b=\"bar\", c=\"baz\"}")]
    [InlineData("source_labels: [a], action: keep, regex: fo", "dropped")]
    [InlineData("source_labels: [a], action: drop, regex: fo+", "dropped")]
    [InlineData("source_labels: [a], action: drop, regex: f", "{a=\"foo\", b=\"bar\", c=\"baz\"}")]
    [InlineData("source_labels: [a], action: keepequal, target_label: b", "dropped")]
    [InlineData("source_labels: [b], action: keepequal, target_label: b", "{a=\"foo\", b=\"bar\", c=\"baz\"}")]
    [InlineData("source_labels: [b], action: dropequal, target_label: b", "dropped")]
    [InlineData("source_labels: [c], action: hashmod, target_label: d, modulus: 1000", "{a=\"foo\", b=\"bar\", c=\"baz\", d=\"976\"}")]
    [InlineData("action: labelmap, regex: '[ab]', replacement: x_$0", "{a=\"foo\", b=\"bar\", c=\"baz\", x_a=\"foo\", x_b=\"bar\"}")]
    [InlineData("action: labelmap, regex: (a)", "{a=\"foo\", b=\"bar\", c=\"baz\"}")]
    [InlineData("action: labeldrop, regex: '[ab]'", "{c=\"baz\"}")]
    [InlineData("action: labelkeep, regex: '[ab]'", "{a=\"foo\", b=\"bar\"}")]
    [InlineData("source_labels: [a, b], action: uppercase, target_label: d", "{a=\"foo\", b=\"bar\", c=\"baz\", d=\"FOO;BAR\"}")]
    [InlineData("source_labels: [a], action: Lowercase, target_label: d", "{a=\"foo\", b=\"bar\", c=\"baz\", d=\"foo\"}")]
    public void Each_action(string rule, string result)
    {
        var yaml = $"scrape_configs: [{{job_name: j, relabel_configs: [{{{rule}}}]}}]";
        var rules = ScrapeConfigurationReader.Read("c.yml", yaml, out var problems)?.Jobs[0].TargetRules;
        Assert.Empty(problems);
        var labels = new LabelList();
        labels.Add(s_labels);

        var kept = Relabeling.Apply(rules!, labels);

        Assert.Equal(result, kept ? labels.ToLabels().ToString() : "dropped");
    }

    [Fact]
    public void Rules_act_in_order_and_stop_at_a_drop()
    {
        RelabelRule[] rules =
        [
            new() { SourceLabels = ["a"], TargetLabel = new("d"), Replacement = new("x") },
            new() { Action = RelabelAction.KeepEqual, SourceLabels = ["d"], TargetLabel = new("e") },
            new() { SourceLabels = ["a"], TargetLabel = new("f") },
        ];
        var labels = new LabelList();
        labels.Add(s_labels);

        Assert.False(Relabeling.Apply(rules, labels));
        Assert.Equal("x", labels.Get("d"));
        Assert.False(labels.Has("f"));
    }

    [Theory]
    [InlineData("$1", true)]
    [InlineData("${name}x", true)]
    [InlineData("$$1", false)]
    [InlineData("$", false)]
    [InlineData("${", false)]
    [InlineData("${1", false)]
    [InlineData("a-b", false)]
    public void Templates_know_whether_they_refer_to_the_match(string text, bool refers) => Assert.Equal(refers, new ReplacementTemplate(text).HasReferences);
}
