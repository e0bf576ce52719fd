using Microsoft.Extensions.Logging.Abstractions;
using SriovPulse.Metrics.Querying;
using SriovPulse.Metrics.Store;
using SriovPulse.PromQL;
using SriovPulse.PromQL.Evaluation;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Tests.Querying;

public sealed class StoreQueriesTests : IDisposable
{
    private readonly SeriesStore _store = new(new SeriesStoreOptions { Window = Timeout.InfiniteTimeSpan }, TimeProvider.System, NullLogger<SeriesStore>.Instance);
    private readonly StoreQueries _source;

    public StoreQueriesTests()
    {
        _source = new StoreQueries(_store);
        for (var vf = 0; vf < 3; vf++)
        {
            var labels = Labels.Create(new Label("__name__", "bytes_total"), new Label("vf", $"{vf}"));
            _store.Append(labels, 1000, vf);
            _store.Append(labels, 61_000, vf * 10);
        }
    }

    public void Dispose()
    {
        _source.Dispose();
        _store.Dispose();
    }

    [Fact]
    public async Task Instant_and_range_queries_are_answered()
    {
        var instant = await _source.InstantAsync(PromQLExpression.Parse("sum(bytes_total)"), 61_000, default, CancellationToken.None);
        var range = await _source.RangeAsync(PromQLExpression.Parse("sum(bytes_total)"), new TimeRange(1000, 61_000, 60_000), default, CancellationToken.None);

        Assert.Equal(30, Assert.Single(Assert.IsType<VectorValue>(instant.Value).Samples).Value);
        Assert.Equal([new(1000, 3), new(61_000, 30)], Assert.Single(Assert.IsType<MatrixValue>(range.Value).Series).Samples);
    }

    [Fact]
    public async Task The_lookback_can_be_set()
    {
        var answer = await _source.InstantAsync(
            PromQLExpression.Parse("bytes_total"), 91_000, new QueryOptions(Lookback: TimeSpan.FromSeconds(20)), CancellationToken.None);

        Assert.Empty(Assert.IsType<VectorValue>(answer.Value).Samples);
    }

    [Fact]
    public async Task Remarks_come_along()
    {
        var answer = await _source.InstantAsync(PromQLExpression.Parse("quantile(7, bytes_total)"), 61_000, default, CancellationToken.None);

        Assert.StartsWith("PromQL warning: quantile value should be between 0 and 1", Assert.Single(answer.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_limit_cuts_off_and_says_so()
    {
        var selection = new SeriesSelection { Selectors = [SelectorText.Parse("bytes_total")], Limit = 2 };

        var values = await _source.LabelValuesAsync("vf", selection, CancellationToken.None);

        Assert.Equal(["0", "1"], values.Value);
        Assert.Equal([ResultLimit.Warning], values.Warnings);
        Assert.Equal(3, (await _source.SeriesAsync(selection with { Limit = 3 }, CancellationToken.None)).Value.Count);
    }

    [Theory]
    [InlineData("up offset 5m")]
    [InlineData("up[5m]")]
    [InlineData("1")]
    public void Only_plain_selectors_select_series(string text) => Assert.Throws<FormatException>(() => SelectorText.Parse(text));

    [Fact]
    public void Selectors_read_back_as_they_were_written()
    {
        var matchers = SelectorText.Parse("""{__name__=~"a.*", b!="x\"\\\ny", c!~"d"}""");

        Assert.Equal(
            matchers.Select(matcher => (matcher.Name, matcher.Kind, matcher.Value)),
            SelectorText.Parse(SelectorText.Format(matchers)).Select(matcher => (matcher.Name, matcher.Kind, matcher.Value)));
    }
}
