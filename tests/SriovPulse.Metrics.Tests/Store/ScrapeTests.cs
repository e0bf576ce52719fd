using SriovPulse.Metrics.Ingest;
using SriovPulse.Metrics.Store;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Tests.Store;

public sealed class ScrapeTests : IDisposable
{
    private const long T = StoreFixture.Start;

    private readonly StoreFixture _f = new();

    public void Dispose() => _f.Dispose();

    [Fact]
    public void A_scrape_is_seen_once_it_is_committed()
    {
        using var target = _f.Open();
        var appender = target.Begin(T);
        StoreFixture.Put(appender, "up", T, 1);
        Assert.Equal("", _f.Samples("up"));

        Assert.Equal(new AppendOutcome(1, 0, 0, 0, 0, 1), appender.Commit());
        Assert.Equal("0=1", _f.Samples("up"));
    }

    [Fact]
    public void A_scrape_that_is_rolled_back_leaves_nothing()
    {
        using var target = _f.Open();
        StoreFixture.Scrape(target, T, ("a", 1));
        using (var appender = target.Begin(T + 15_000))
        {
            StoreFixture.Put(appender, "a", T + 15_000, 2);
            StoreFixture.Put(appender, "a", T + 14_000, 2);
        }

        StoreFixture.Scrape(target, T + 30_000, ("a", 3));

        Assert.Equal("0=1 30=3", _f.Samples("a"));
        Assert.Equal(2, _f.Store.SamplesAppended);
    }

    [Fact]
    public void A_series_that_a_scrape_lacks_ends_and_may_come_again()
    {
        using var target = _f.Open();
        StoreFixture.Scrape(target, T, ("a", 1), ("b", 1));
        StoreFixture.Scrape(target, T + 15_000, ("b", 2));
        StoreFixture.Scrape(target, T + 30_000, ("b", 3));
        StoreFixture.Scrape(target, T + 45_000, ("a", 4), ("b", 4));

        Assert.Equal("0=1 15=stale 45=4", _f.Samples("a"));
        Assert.Equal("0=1 15=2 30=3 45=4", _f.Samples("b"));
    }

    [Fact]
    public void A_target_that_goes_away_ends_all_its_series()
    {
        using (var target = _f.Open())
        {
            StoreFixture.Scrape(target, T, ("a", 1), ("b", 1));
            StoreFixture.Scrape(target, T + 15_000, ("a", 2));
            target.End(T + 20_000);
        }

        Assert.Equal("0=1 15=2 20=stale", _f.Samples("a"));
        Assert.Equal("0=1 15=stale", _f.Samples("b"));
    }

    [Fact]
    public void The_end_of_a_target_shows_though_the_clock_was_set_back()
    {
        using var target = _f.Open();
        StoreFixture.Scrape(target, T, ("a", 1));
        target.End(T - 60_000);

        Assert.Equal("0=1 0.001=stale", _f.Samples("a"));
    }

    [Fact]
    public void Closing_a_target_does_not_end_its_series_and_opening_it_again_goes_on()
    {
        using (var target = _f.Open())
        {
            StoreFixture.Scrape(target, T, ("a", 1), ("b", 1));
        }

        using var again = _f.Open();
        StoreFixture.Scrape(again, T + 15_000, ("a", 2));

        Assert.Equal("0=1 15=2", _f.Samples("a"));
        Assert.Equal("0=1 15=stale", _f.Samples("b"));
        Assert.Equal(1, _f.Store.TargetCount);
    }

    [Fact]
    public void A_sample_twice_in_a_scrape_counts_once_and_a_contradiction_is_counted()
    {
        using var target = _f.Open();

        Assert.Equal(new AppendOutcome(1, 0, 0, 1, 0, 1), StoreFixture.Scrape(target, T, ("a", 1), ("a", 1), ("a", 2)));
        Assert.Equal("0=1", _f.Samples("a"));
        Assert.Equal(1, _f.Store.SamplesDuplicate);
    }

    [Fact]
    public void Scrapes_that_are_not_newer_are_compared_series_by_series()
    {
        using var target = _f.Open();
        StoreFixture.Scrape(target, T, ("a", 1), ("b", 1));
        StoreFixture.Scrape(target, T + 15_000, ("a", 2));

        // b ended at 15 s, c is new: of a the same and another value at the same time, and older ones.
        Assert.Equal(new AppendOutcome(1, 0, 0, 1, 0, 1), StoreFixture.Scrape(target, T + 15_000, ("a", 2), ("b", 2), ("c", 2)));
        Assert.Equal(new AppendOutcome(1, 0, 1, 0, 0, 1), StoreFixture.Scrape(target, T + 5_000, ("a", 9), ("d", 2)));
        Assert.Equal("0=1 15=2", _f.Samples("a"));
        Assert.Equal("15=2", _f.Samples("c"));
        Assert.Equal("5=2", _f.Samples("d"));
        Assert.Equal(1, _f.Store.SamplesOutOfOrder);
    }

    [Fact]
    public void Samples_with_their_own_times_stand_beside_those_of_the_scrape()
    {
        using var target = _f.Open();
        for (var i = 0; i < 40; i++)
        {
            using var appender = target.Begin(T + (i * 10_000));
            StoreFixture.Put(appender, "own", T + (i * 10_000) - 2_000, i);
            StoreFixture.Put(appender, i % 2 == 0 ? "mixed" : "other", T + (i * 10_000), i);
            StoreFixture.Put(appender, i % 2 == 1 ? "mixed" : "other", T + (i * 10_000) - 1_000, i);
            Assert.Equal(3, appender.Commit().Added);
        }

        Assert.Equal(string.Join(' ', Enumerable.Range(0, 40).Select(static i => $"{(i * 10) - 2}={i}")), _f.Samples("own"));

        // Every second scrape exposes it without a time, and the one after that ends it there.
        var expected = Enumerable.Range(0, 40).Select(static i => i % 2 == 0 ? $"{i * 10}={i}" : $"{(i * 10) - 1}={i} {i * 10}=stale");
        Assert.Equal(string.Join(' ', expected), _f.Samples("mixed"));
    }

    [Fact]
    public void Series_with_their_own_times_do_not_end_by_absence()
    {
        using var target = _f.Open();
        using (var appender = target.Begin(T))
        {
            StoreFixture.Put(appender, "a", T - 5_000, 1);
            appender.Commit();
        }

        StoreFixture.Scrape(target, T + 15_000);

        Assert.Equal("-5=1", _f.Samples("a"));
    }

    [Fact]
    public void What_relabelling_drops_is_remembered_and_counted()
    {
        using var target = _f.Open();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(new AppendOutcome(1, 1, 0, 0, 0, i == 0 ? 1 : 0), StoreFixture.Scrape(target, T + (i * 1000), ("dropped", 1), ("kept", 1)));
        }

        using var appender = target.Begin(T + 9_000);
        Assert.True(appender.TryAdd("dropped"u8, T + 9_000, 1));
        Assert.Equal(1, appender.Dropped);
    }

    [Fact]
    public void Order_of_an_exposition_may_change_at_will()
    {
        var random = new Random(5);
        using var target = _f.Open();
        var names = Enumerable.Range(0, 200).Select(static i => $"m{i % 20} vf={i / 20}").ToArray();
        for (var i = 0; i < 20; i++)
        {
            random.Shuffle(names);
            StoreFixture.Scrape(target, T + (i * 1000), [.. names.Select(static name => (name, (double)name.GetHashCode(StringComparison.Ordinal)))]);
        }

        foreach (var name in names)
        {
            var value = name.GetHashCode(StringComparison.Ordinal);
            Assert.Equal(string.Join(' ', Enumerable.Range(0, 20).Select(i => $"{i}={value}")), _f.Samples(name));
        }
    }

    [Fact]
    public void A_series_of_two_targets_is_one_series()
    {
        using var first = _f.Open("h1");
        using var second = _f.Open("h2");
        StoreFixture.Scrape(first, T, ("a", 1));
        StoreFixture.Scrape(second, T + 5_000, ("a", 2));
        Assert.Equal(new AppendOutcome(0, 0, 0, 1, 0, 0), StoreFixture.Scrape(first, T + 5_000, ("a", 3)));
        Assert.Equal(new AppendOutcome(0, 0, 1, 0, 0, 0), StoreFixture.Scrape(first, T + 5_000 - 1, ("a", 3)));
        StoreFixture.Scrape(first, T + 10_000, ("a", 4));

        Assert.Single(_f.Find((Labels.MetricName, MatchKind.Equal, "a")));
        Assert.Equal("0=1 5=2 10=4", _f.Samples("a"));
    }

    [Fact]
    public void Two_scrapes_of_a_target_at_once_are_refused()
    {
        using var target = _f.Open();
        var appender = target.Begin(T);
        Assert.Throws<InvalidOperationException>(() => target.Begin(T + 1));
        appender.Commit();
        Assert.Throws<InvalidOperationException>(() => appender.Commit());
    }

    [Fact]
    public void Metadata_is_gathered_from_its_parts_and_stays_until_something_else_is_told()
    {
        using var target = _f.Open();
        using var same = _f.Open("h2");
        foreach (var one in (IScrapeTarget[])[target, same])
        {
            for (var i = 0; i < 3; i++)
            {
                using var appender = one.Begin(T + (i * 1000));
                appender.SetMetadata("b"u8, MetricKind.Unknown, "of b"u8, ""u8);
                appender.SetMetadata("b"u8, MetricKind.Counter, ""u8, ""u8);
                appender.SetMetadata("a_seconds"u8, MetricKind.Gauge, ""u8, "seconds"u8);
                appender.SetMetadata("b"u8, MetricKind.Unknown, ""u8, ""u8);
                appender.Commit();
            }
        }

        var b = new MetricMetadata("b", MetricKind.Counter, "of b", "");
        Assert.Equal([new MetricMetadata("a_seconds", MetricKind.Gauge, "", "seconds"), b], Metadata());

        using (var appender = same.Begin(T + 9_000))
        {
            appender.SetMetadata("b"u8, MetricKind.Gauge, "of another b"u8, ""u8);
            appender.SetMetadata("a_seconds"u8, MetricKind.Unknown, "of a"u8, ""u8);
            Assert.Equal(2, Metadata().Length);
            appender.Commit();
        }

        _f.Store.Maintain();
        Assert.Equal(
            [
                new MetricMetadata("a_seconds", MetricKind.Gauge, "", "seconds"), new MetricMetadata("a_seconds", MetricKind.Gauge, "of a", "seconds"),
                b, new MetricMetadata("b", MetricKind.Gauge, "of another b", ""),
            ],
            Metadata());

        MetricMetadata[] Metadata() => [.. _f.Store.Metadata().OrderBy(static one => (one.Family, one.Help.Length))];
    }
}
