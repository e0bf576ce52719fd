using Microsoft.Extensions.Logging;
using SriovPulse.Metrics.Ingest;
using SriovPulse.Metrics.Store;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Tests.Store;

public sealed class MemoryLimitTests : IDisposable
{
    private const int Step = 15;

    private readonly StoreFixture _f = new(new SeriesStoreOptions { Window = TimeSpan.FromHours(2), MemoryLimit = 1_000_000 });
    private readonly Random _random = new(7);

    public void Dispose() => _f.Dispose();

    [Fact]
    public void The_oldest_samples_go_first()
    {
        using var target = _f.Open();
        Scrape(target, times: 400, Wide("a", 300));

        Assert.Equal(MemoryPressure.WindowShortened, _f.Store.Pressure);
        Assert.InRange(_f.Store.Bytes, 500_000, 1_000_000);
        Assert.True(_f.Store.EffectiveWindow < TimeSpan.FromHours(2));
        Assert.True(_f.Store.BlocksDroppedEarly > 0);
        Assert.EndsWith($"{399 * Step}=399", _f.Samples("time"), StringComparison.Ordinal);
        Assert.Equal(300 + 1, _f.Store.SeriesCount);
        Assert.Equal([300], _f.Log.Lines.Select(static line => line.Id));
    }

    [Fact]
    public void Then_series_that_no_rule_selects()
    {
        _f.Store.Keep([new KeptSelector([new LabelMatcher(Labels.MetricName, MatchKind.Regex, "a|time")], TimeSpan.FromHours(2))], others: TimeSpan.FromHours(2));
        using var target = _f.Open();
        Scrape(target, times: 260, [.. Wide("a", 100), .. Wide("b", 600)]);

        Assert.Equal(MemoryPressure.SelectedOnly, _f.Store.Pressure);
        Assert.InRange(_f.Store.Bytes, 0, 1_000_000);
        Assert.Equal(101, _f.Store.SeriesCount);
        Assert.Equal(600, _f.Store.SeriesDroppedByLimit);
        Assert.Contains(_f.Log.Lines, static line => line is (LogLevel.Error, 301, var text) && text.Contains("600 series", StringComparison.Ordinal));
    }

    [Fact]
    public void Then_no_new_series_come_in_and_those_that_are_there_go_on()
    {
        using var target = _f.Open();
        using var second = _f.Open("h2");
        Scrape(target, times: 40, Wide("a", 2000));

        Assert.Equal(MemoryPressure.SeriesRefused, _f.Store.Pressure);
        var refused = _f.Store.SamplesOverLimit;
        var series = _f.Store.SeriesCount;
        var outcome = StoreFixture.Scrape(second, _f.Now, ("new", 1));
        Assert.Equal((0, 1), (outcome.Added, outcome.OverLimit));
        Assert.Equal(AppendResult.OverLimit, _f.Store.Append(StoreFixture.Labels("recorded"), _f.Now, 1));
        Assert.Equal(refused + 2, _f.Store.SamplesOverLimit);
        Assert.Equal(series, StoreFixture.Scrape(target, _f.Now, [("time", 40), .. Wide("a", 2000).Select(static one => (one, 1.0))]).Added);
        Assert.Contains(_f.Log.Lines, static line => line is (LogLevel.Error, 302, _));
    }

    [Fact]
    public void One_scrape_with_more_series_than_there_is_memory_for_is_cut_off()
    {
        using var target = _f.Open();
        var outcome = StoreFixture.Scrape(target, _f.Now, [.. Wide("a", 20_000).Select(static one => (one, 1.0))]);

        Assert.Equal(20_000, outcome.Added + outcome.OverLimit);
        Assert.InRange(outcome.Added, 500, 3_000);
        Assert.Equal(outcome.Added, _f.Store.SeriesCount);
    }

    [Fact]
    public void When_memory_is_free_again_everything_is_taken_in_again()
    {
        using var second = _f.Open("h2");
        using (var target = _f.Open())
        {
            Scrape(target, times: 40, Wide("a", 2000));
            StoreFixture.Scrape(second, _f.Now, ("new", 1));
        }

        _f.Pass(3 * 3600);
        _f.Store.Maintain();
        Assert.Equal(MemoryPressure.None, _f.Store.Pressure);
        Assert.Equal(TimeSpan.FromHours(2), _f.Store.EffectiveWindow);
        Assert.Equal(303, _f.Log.Lines[^1].Id);

        Assert.Equal(1, StoreFixture.Scrape(second, _f.Now, ("new", 1)).Added);
    }

    [Fact]
    public void Samples_without_a_target_obey_it_too()
    {
        for (var i = 0; i < 200; i++)
        {
            for (var series = 0; series < 300; series++)
            {
                _f.Store.Append(StoreFixture.Labels($"r i={series}"), _f.Now, _random.NextDouble());
            }

            _f.Pass(60);
            _f.Store.Maintain();
        }

        Assert.True(_f.Store.Bytes < 1_000_000, $"{_f.Store.Bytes} bytes");
    }

    private void Scrape(IScrapeTarget target, int times, string[] series)
    {
        for (var i = 0; i < times; i++)
        {
            StoreFixture.Scrape(target, _f.Now, [("time", i), .. series.Select(one => (one, _random.NextDouble()))]);
            _f.Pass(Step);
            _f.Store.Maintain();
        }
    }

    private static string[] Wide(string name, int series) => [.. Enumerable.Range(0, series).Select(i => $"{name} i={i}")];
}
