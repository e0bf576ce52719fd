using FsCheck;
using FsCheck.Fluent;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Tests.Store;

public sealed class SelectionTests : IDisposable
{
    private const long T = StoreFixture.Start;

    private readonly StoreFixture _f = new();

    public void Dispose() => _f.Dispose();

    [Fact]
    public void Matchers_select_what_they_would_one_series_at_a_time()
    {
        string[] values = ["", "1", "2", "12", "x"];
        var series = (
            from name in (string[])["m", "n", "mn"]
            from pf in values
            from vf in values
            select Labels.Create(new Label(Labels.MetricName, name), new Label("pf", pf), new Label("vf", vf))).ToArray();
        foreach (var labels in series)
        {
            _f.Store.Append(labels, T, 1);
        }

        var matcher =
            from name in Gen.Elements(Labels.MetricName, "pf", "vf", "none")
            from kind in Gen.Elements(Enum.GetValues<MatchKind>())
            from value in Gen.Elements("", "m", "n", "m.*", "1", "2", "1|2", ".+", ".*", "1?", "x|", "zzz")
            where kind is MatchKind.Regex or MatchKind.NotRegex || value.All(char.IsLetterOrDigit)
            select new LabelMatcher(name, kind, value);

        Prop.ForAll(Arb.From(Gen.Choose(0, 4).SelectMany(count => matcher.ArrayOf(count))), matchers =>
        {
            var expected = series.Where(labels => matchers.All(m => m.Matches(labels.Get(m.Name))));
            var found = _f.Store.FindSeries(matchers, T - 1, T, CancellationToken.None);

            Assert.Equal(Sorted(expected), Sorted(found.Select(static one => one.Labels)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    [Fact]
    public void Labels_and_values_are_listed_with_and_without_matchers()
    {
        using var target = _f.Open();
        StoreFixture.Scrape(target, T, ("a pf=1 vf=1", 1), ("b pf=2", 1));
        StoreFixture.Scrape(target, T + 15_000, ("a pf=1 vf=1", 1));
        IReadOnlyList<LabelMatcher>[] b = [[new LabelMatcher(Labels.MetricName, MatchKind.Equal, "b")]];
        var token = TestContext.Current.CancellationToken;

        Assert.Equal([Labels.MetricName, "pf", "vf"], _f.Store.LabelNames());
        Assert.Equal([Labels.MetricName, "pf"], _f.Store.LabelNames(b, T, T + 5_000, token));
        Assert.Equal(["1", "2"], _f.Store.LabelValues("pf"));
        Assert.Equal(["a", "b"], _f.Store.LabelValues(Labels.MetricName));
        Assert.Equal(["2"], _f.Store.LabelValues("pf", b, T, T + 5_000, token));
        Assert.Empty(_f.Store.LabelValues("pf", b, T + 16_000, T + 20_000, token));
        Assert.Empty(_f.Store.LabelValues("none"));
        Assert.Equal([StoreFixture.Labels("b pf=2")], _f.Store.Series(b, T, T, token));
        Assert.Empty(_f.Store.Series(b, T + 15_001, T + 20_000, token));
    }

    [Fact]
    public void What_was_handed_out_stays_when_series_come()
    {
        using var target = _f.Open();
        StoreFixture.Scrape(target, T, ("a vf=1", 1));
        var found = _f.Find((Labels.MetricName, MatchKind.Equal, "a"));
        StoreFixture.Scrape(target, T + 1, [.. Enumerable.Range(1, 50).Select(static vf => ($"a vf={vf}", 1.0))]);

        Assert.Single(found);
        Assert.Equal(50, _f.Find((Labels.MetricName, MatchKind.Equal, "a")).Count);
    }

    private static string[] Sorted(IEnumerable<Labels> labels) => [.. labels.Select(static one => one.ToString()).Order(StringComparer.Ordinal)];
}
