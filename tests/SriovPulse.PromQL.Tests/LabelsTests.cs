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

    [Theory]
    [InlineData("")]
    [InlineData("uuid")]
    [InlineData("zone,uuid,uuid")]
    [InlineData("vf")]
    [InlineData("absent,vf")]
    [InlineData("absent,vf,zone,instance,a")]
    public void Labels_taken_over_at_once_are_those_taken_over_one_by_one(string names)
    {
        var labels = Labels.Create(new("instance", "h"), new("vf", "3"), new("absent", "x"));
        var other = Labels.Create(new("uuid", "6f"), new("zone", "z"), new("vf", "4"), new("a", "1"));
        var oneByOne = labels;
        var list = names.Split(',', StringSplitOptions.RemoveEmptyEntries);
        foreach (var name in list)
        {
            oneByOne = oneByOne.With(name, other.Get(name));
        }

        var atOnce = labels.WithThoseOf(other, list);

        Assert.Equal(oneByOne, atOnce);
        Assert.Equal(oneByOne.GetHashCode(), atOnce.GetHashCode());
        Assert.Equal(oneByOne.ToString(), atOnce.ToString());
    }

    [Fact]
    public void A_label_set_loses_all_its_labels_to_one_that_has_none() =>
        Assert.Same(Labels.Empty, Labels.Create(new Label("a", "1"), new Label("b", "2")).WithThoseOf(Labels.Empty, ["b", "a"]));

    [Fact]
    public void The_staleness_marker_is_not_just_any_NaN()
    {
        Assert.True(Staleness.IsMarker(Staleness.Marker));
        Assert.False(Staleness.IsMarker(double.NaN));
    }
}
