using SriovPulse.Metrics.Store;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Tests.Store;

public sealed class KeepingTests : IDisposable
{
    private const int Step = 15;

    private readonly StoreFixture _f = new(new SeriesStoreOptions { Window = TimeSpan.FromMinutes(15) });

    public void Dispose() => _f.Dispose();

    [Fact]
    public void Samples_go_once_the_window_has_passed()
    {
        using var target = _f.Open();
        Scrape(target, 300, "a");

        var samples = _f.Samples("a").Split(' ');

        // All of the window, and at most two blocks more.
        Assert.InRange(samples.Length, 60, 60 + 32);
        Assert.Equal("4485=299", samples[^1]);
    }

    [Fact]
    public void Series_go_with_their_last_sample_and_slots_are_used_again()
    {
        using var target = _f.Open();
        for (var vf = 0; vf < 20; vf++)
        {
            Scrape(target, 100, $"a vf={vf}");
            Assert.InRange(_f.Store.SeriesCount, 1, 2);
        }

        var bytes = _f.Store.Bytes;
        for (var vf = 20; vf < 60; vf++)
        {
            Scrape(target, 100, $"a vf={vf}");
        }

        Assert.InRange(_f.Store.Bytes, bytes * 0.8, bytes * 1.2);
        Assert.Equal(["59"], _f.Store.LabelValues("vf"));
    }

    [Fact]
    public void Targets_that_are_closed_go_once_their_samples_have_expired()
    {
        for (var i = 0; i < 5; i++)
        {
            using var target = _f.Open($"h{i}");
            Scrape(target, 3, "a", "b");
        }

        _f.Store.Append(StoreFixture.Labels("recorded"), _f.Now, 1);
        Assert.Equal(5, _f.Store.TargetCount);
        _f.Pass(16 * 60);
        _f.Store.Maintain();

        Assert.Equal((0, 0), (_f.Store.TargetCount, _f.Store.SeriesCount));
        Assert.Empty(_f.Store.LabelNames());
        Assert.Equal(0, _f.Store.Bytes);
    }

    [Fact]
    public void Only_what_rules_select_is_kept_and_each_for_its_window()
    {
        using var target = _f.Open();
        _f.Store.Keep([Selector("short", 5), Selector("long", 60), Selector("long", 10)]);
        Scrape(target, 500, "short", "long", "other");

        Assert.Equal("none", _f.Samples("other"));
        Assert.InRange(_f.Samples("short").Split(' ').Length, 20, 20 + 32);
        Assert.InRange(_f.Samples("long").Split(' ').Length, 240, 240 + 32);
        Assert.Equal(2, _f.Store.SeriesCount);
    }

    [Fact]
    public void New_rules_free_at_once_what_they_do_not_select_and_take_in_again_what_they_do()
    {
        using var target = _f.Open();
        Scrape(target, 30, "a", "b");
        _f.Store.Append(StoreFixture.Labels("recorded"), _f.Now, 1);
        var bytes = _f.Store.Bytes;

        _f.Store.Keep([Selector("a", 15)]);
        Assert.Equal("none", _f.Samples("b"));
        Assert.Equal("none", _f.Samples("recorded"));
        Assert.Equal(AppendResult.NotKept, _f.Store.Append(StoreFixture.Labels("recorded"), _f.Now, 1));
        Assert.True(_f.Store.Bytes < bytes);
        Assert.Equal(30, _f.Samples("a").Split(' ').Length);

        Scrape(target, 20, "a", "b");
        Assert.Equal("none", _f.Samples("b"));

        _f.Store.Keep(null);
        Scrape(target, 5, "a", "b", "c");
        Assert.Equal("750=0 765=1 780=2 795=3 810=4", _f.Samples("b"));
        Assert.Equal("750=0 765=1 780=2 795=3 810=4", _f.Samples("c"));
        Assert.Equal(55, _f.Samples("a").Split(' ').Length);
    }

    [Fact]
    public void Rules_that_change_during_a_scrape_hold_from_the_next_one_on()
    {
        using var target = _f.Open();
        Scrape(target, 1, "a", "b");
        using (var appender = target.Begin(_f.Now))
        {
            StoreFixture.Put(appender, "b", _f.Now, 7);
            _f.Store.Keep([Selector("a", 15)]);
            StoreFixture.Put(appender, "a", _f.Now, 7);
            StoreFixture.Put(appender, "c", _f.Now, 7);
            appender.Commit();
        }

        _f.Pass(Step);
        Scrape(target, 20, "a", "b", "c");

        Assert.Equal(1, _f.Store.SeriesCount);
        Assert.Equal("none", _f.Samples("b"));
        Assert.StartsWith("0=0 15=7 30=0 45=1", _f.Samples("a"), StringComparison.Ordinal);
    }

    [Fact]
    public void Samples_without_a_target_expire_too()
    {
        for (var i = 0; i < 1000; i++)
        {
            Assert.Equal(AppendResult.Added, _f.Store.Append(StoreFixture.Labels("recorded"), _f.Now, i));
            _f.Pass(Step);
            _f.Store.Maintain();
        }

        Assert.InRange(_f.Samples("recorded").Split(' ').Length, 59, 60 + 64);
    }

    [Fact]
    public void Without_a_window_everything_stays()
    {
        using var f = new StoreFixture(new SeriesStoreOptions { Window = Timeout.InfiniteTimeSpan });
        for (var i = 0; i < 200; i++)
        {
            f.Store.Append(StoreFixture.Labels("old"), StoreFixture.Start - 3_000_000_000 + (i * 1000L), i);
        }

        f.Store.Maintain();

        Assert.Equal(200, f.Samples("old").Split(' ').Length);
        Assert.Equal(Timeout.InfiniteTimeSpan, f.Store.EffectiveWindow);
    }

    [Fact]
    public void Appending_tells_what_became_of_a_sample()
    {
        var a = StoreFixture.Labels("a");

        Assert.Equal(AppendResult.Added, _f.Store.Append(a, 1000, 1));
        Assert.Equal(AppendResult.Unchanged, _f.Store.Append(a, 1000, 1));
        Assert.Equal(AppendResult.Duplicate, _f.Store.Append(a, 1000, 2));
        Assert.Equal(AppendResult.OutOfOrder, _f.Store.Append(a, 999, 1));
        Assert.Equal(AppendResult.OutOfOrder, _f.Store.Append(a, long.MaxValue, 1));
        Assert.Equal((1, 1, 2), (_f.Store.SamplesAppended, _f.Store.SamplesDuplicate, _f.Store.SamplesOutOfOrder));
    }

    // Scrapes with values 0, 1, 2 … and the clock going on.
    private void Scrape(Metrics.Ingest.IScrapeTarget target, int times, params string[] series)
    {
        for (var i = 0; i < times; i++)
        {
            StoreFixture.Scrape(target, _f.Now, [.. series.Select(one => (one, (double)i))]);
            _f.Pass(Step);
        }
    }

    private static KeptSelector Selector(string name, double minutes) =>
        new([new LabelMatcher(Labels.MetricName, MatchKind.Equal, name)], TimeSpan.FromMinutes(minutes));
}
