using SriovPulse.PromQL.Series;

namespace SriovPulse.PromQL.Tests;

public sealed class LabelsTests
{
    [Fact]
    public void Labels_are_sorted_and_empty_ones_left_out()
    {
        var labels = Labels.Create(new("vf", "3"), new(Labels.MetricName, "m"), new("pf", ""), new("instance", "a\"b"));

        Assert.Equal("m{instance=\"a\\\"b\", vf=\"3\"}", labels.ToString());
        Assert.Equal(labels, Labels.Create(new("instance", "a\"b"), new("vf", "3"), new(Labels.MetricName, "m")));
        Assert.Equal(string.Empty, labels.Get("pf"));
    }

    [Fact]
    public void A_label_cannot_be_there_twice() => Assert.Throws<ArgumentException>(() => Labels.Create(new("a", "1"), new("a", "2")));

    [Fact]
    public void The_staleness_marker_is_not_just_any_NaN()
    {
        Assert.True(Staleness.IsMarker(Staleness.Marker));
        Assert.False(Staleness.IsMarker(double.NaN));
    }
}
