using SriovPulse.PromQL.Series;

namespace SriovPulse.PromQL.Tests;

public sealed class LabelsDeriveTests
{
    private static readonly Labels s_labels = Labels.Create(new(Labels.MetricName, "m"), new(Labels.MetricType, "gauge"), new("b", "2"), new("d", "4"));

    [Theory]
    [InlineData("a", "1", "m{__type__=\"gauge\", a=\"1\", b=\"2\", d=\"4\"}")]
    [InlineData("c", "3", "m{__type__=\"gauge\", b=\"2\", c=\"3\", d=\"4\"}")]
    [InlineData("e", "5", "m{__type__=\"gauge\", b=\"2\", d=\"4\", e=\"5\"}")]
    [InlineData("b", "x", "m{__type__=\"gauge\", b=\"x\", d=\"4\"}")]
    [InlineData("b", "", "m{__type__=\"gauge\", d=\"4\"}")]
    [InlineData("x", "", "m{__type__=\"gauge\", b=\"2\", d=\"4\"}")]
    public void One_label_is_set_or_removed(string name, string value, string expected)
    {
        var made = s_labels.With(name, value);
        Assert.Equal(expected, made.ToString());
        Assert.Equal(Labels.Create([.. made.AsSpan()]), made);
        Assert.Equal(Labels.Create([.. made.AsSpan()]).GetHashCode(), made.GetHashCode());
    }

    [Fact]
    public void Labels_are_kept_and_left_out_by_name()
    {
        Assert.Equal("{b=\"2\"}", s_labels.Keep(["b", "x"]).ToString());
        Assert.Equal("{b=\"2\", d=\"4\"}", s_labels.WithoutMetadata().ToString());
        Assert.Equal("m{__type__=\"gauge\", d=\"4\"}", s_labels.Without(["b", "x"]).ToString());
        Assert.Same(s_labels, s_labels.Without(["x"]));
        Assert.Same(Labels.Empty, s_labels.Keep([]));
        Assert.Same(Labels.Empty, Labels.Create(new Label(Labels.MetricName, "m")).WithoutMetadata());
    }

    [Fact]
    public void The_order_is_by_names_then_values()
    {
        string[] rising = ["{}", "a", "a{x=\"1\"}", "b", "{x=\"1\"}", "{x=\"1\", y=\"1\"}", "{x=\"2\"}", "{y=\"0\"}"];
        var labels = rising.Select(PromqlTest.SeriesText.ParseLabels).ToArray();
        for (var i = 0; i < labels.Length; i++)
        {
            for (var j = 0; j < labels.Length; j++)
            {
                Assert.Equal(i.CompareTo(j), Math.Sign(Labels.Compare(labels[i], labels[j])));
            }
        }
    }
}
