using SriovPulse.Metrics.Store;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Tests.Store;

public sealed class RestartTests : IDisposable
{
    private const long T = StoreFixture.Start;

    private readonly StoreFixture _f = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("store").FullName;

    private string File => Path.Combine(_folder, "series.snapshot");

    public void Dispose()
    {
        _f.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Series_go_on_after_a_restart_and_those_that_vanished_meanwhile_end()
    {
        var target = _f.Open();
        StoreFixture.Scrape(target, T, ("a", 1), ("b", 1), ("gone", 1));
        StoreFixture.Scrape(target, T + 15_000, ("a", 2), ("b", 2));
        _f.Restart();
        using var again = _f.Open();
        Assert.Equal(new(2, 0, 0, 0, 0, 1), StoreFixture.Scrape(again, T + 30_000, ("a", 3), ("new", 3)));

        Assert.Equal("0=1 15=2 30=3", _f.Samples("a"));
        Assert.Equal("0=1 15=2 30=stale", _f.Samples("b"));
        Assert.Equal("0=1 15=stale", _f.Samples("gone"));
        Assert.Equal("30=3", _f.Samples("new"));
    }

    [Fact]
    public void Everything_is_there_after_a_restart()
    {
        using var many = _f.Open("h1");
        using var few = _f.Open("h2");
        for (var i = 0; i < 50; i++)
        {
            StoreFixture.Scrape(many, T + (i * 15_000), [.. Enumerable.Range(0, 30).Select(vf => ($"m vf={vf}", i * vf * 0.25))]);
            StoreFixture.Scrape(few, T + (i * 15_000) + 7, ("shared", i), ("odd", double.NaN));
            _f.Store.Append(StoreFixture.Labels("recorded"), T + (i * 60_000), i);
            _f.Store.Append(StoreFixture.Labels("shared"), T + (i * 15_000) + 8, i);
        }

        var before = All();
        _f.Restart();

        Assert.Equal(33, before.Count);
        Assert.Equal(before, All());
        Assert.Equal(33, _f.Store.SeriesCount);

        // And once more from what was restored.
        _f.Restart();
        Assert.Equal(before, All());
    }

    [Fact]
    public void What_expired_during_a_long_stop_does_not_come_back()
    {
        var target = _f.Open();
        StoreFixture.Scrape(target, T, ("a", 1));
        _f.Store.Append(StoreFixture.Labels("recorded"), T, 1);
        _f.Pass(3600);
        _f.Restart();

        Assert.Equal((0, 0), (_f.Store.SeriesCount, _f.Store.TargetCount));
    }

    [Fact]
    public void What_rules_no_longer_select_does_not_come_back()
    {
        var target = _f.Open();
        StoreFixture.Scrape(target, T, ("a", 1), ("b", 1));
        _f.Store.WriteSnapshot(File);
        using var store = new SeriesStore(_f.Options, _f.Time, _f.Log);
        store.Keep([new KeptSelector([new LabelMatcher(Labels.MetricName, MatchKind.Equal, "a")], TimeSpan.FromMinutes(5))]);

        Assert.Equal(new SnapshotRead(SnapshotStatus.Restored, 1), store.ReadSnapshot(File));
        Assert.Equal(["a"], store.LabelValues(Labels.MetricName));

        // The slot of b is not used for another series while its old sample lies there.
        using var again = store.OpenTarget(Labels.Create(new Label("instance", "h1")));
        StoreFixture.Scrape(again, T + 15_000, ("a", 2));
        store.Keep(null);
        StoreFixture.Scrape(again, T + 30_000, ("a", 3), ("c", 3));
        var c = store.FindSeries([new LabelMatcher(Labels.MetricName, MatchKind.Equal, "c")], 0, T * 2, CancellationToken.None);
        Assert.Equal("30=3", StoreFixture.Text(c[0]));
    }

    [Fact]
    public void A_first_start_has_no_snapshot() => Assert.Equal(new SnapshotRead(SnapshotStatus.Missing), _f.Store.ReadSnapshot(File));

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(0.5)]
    [InlineData(0.999)]
    public void A_torn_snapshot_is_set_aside_and_reported(double part)
    {
        var target = _f.Open();
        StoreFixture.Scrape(target, T, ("a", 1));
        using var second = _f.Open("h2");
        StoreFixture.Scrape(second, T, ("b", 1));
        _f.Store.Append(StoreFixture.Labels("recorded"), T, 1);
        _f.Store.WriteSnapshot(File);
        var bytes = System.IO.File.ReadAllBytes(File);
        System.IO.File.WriteAllBytes(File, bytes[..(part > 1 ? (int)part : (int)(bytes.Length * part))]);
        using var store = new SeriesStore(_f.Options, _f.Time, _f.Log);

        var read = store.ReadSnapshot(File);

        Assert.Equal(SnapshotStatus.Unusable, read.Status);
        Assert.Equal(File + ".unusable-20231114T221320Z", read.SetAside);
        Assert.True(System.IO.File.Exists(read.SetAside));
        Assert.False(System.IO.File.Exists(File));
        Assert.Equal((0, 0, 0), (store.SeriesCount, store.TargetCount, store.Bytes));
        Assert.Empty(store.LabelNames());
        Assert.Equal(305, _f.Log.Lines[^1].Id);
    }

    [Fact]
    public void A_snapshot_of_another_version_says_so()
    {
        System.IO.File.WriteAllBytes(File, "SPulseS\x7f"u8.ToArray());

        Assert.Equal("its format is version 127, this program reads version 1", _f.Store.ReadSnapshot(File).Reason);
    }

    [Fact]
    public void A_snapshot_that_cannot_be_written_leaves_the_earlier_one()
    {
        _f.Store.Append(StoreFixture.Labels("a"), T, 1);
        _f.Store.WriteSnapshot(File);
        Directory.CreateDirectory(File + ".tmp");

        Assert.ThrowsAny<Exception>(() => _f.Store.WriteSnapshot(File));
        using var store = new SeriesStore(_f.Options, _f.Time, _f.Log);
        Assert.Equal(1, store.ReadSnapshot(File).Series);
    }

    private List<string> All() =>
        [.. _f.Find().Select(static series => $"{series.Labels}: {StoreFixture.Text(series)}").Order(StringComparer.Ordinal)];
}
