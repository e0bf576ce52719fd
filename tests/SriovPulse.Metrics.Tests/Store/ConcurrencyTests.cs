using System.Globalization;
using SriovPulse.Metrics.Store;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Tests.Store;

public sealed class ConcurrencyTests
{
    private const int Cycles = 400;
    private const int Series = 60;

    /// <summary>
    /// Series come and go, slots are used again, blocks are packed and dropped, rules change, all while others read. Each sample's value is made from
    /// its series and its time, so a reader knows a wrong one when it sees it.
    /// </summary>
    [Fact]
    public async Task Readers_see_whole_scrapes_of_the_right_series_whatever_writers_do()
    {
        using var f = new StoreFixture(new SeriesStoreOptions { Window = TimeSpan.FromMinutes(3) });
        using var stop = new CancellationTokenSource();
        var checkedSamples = 0L;
        var token = TestContext.Current.CancellationToken;
        var readers = Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            var window = new SampleWindow();
            while (!stop.IsCancellationRequested)
            {
                foreach (var series in f.Store.FindSeries([new LabelMatcher("vf", MatchKind.Regex, ".+")], 0, long.MaxValue, token))
                {
                    window.Clear();
                    series.Read(long.MinValue, long.MaxValue, window);
                    Interlocked.Add(ref checkedSamples, Check(series, window));
                }

                // Both are in each scrape of their target, so neither is seen to be ahead of the other once it is asked for second.
                foreach (var host in (string[])["h0", "h1"])
                {
                    Assert.True(Last(f, "first", host) <= Last(f, "second", host));
                }
            }
        }, token)).ToArray();

        var writers = Enumerable.Range(0, 2).Select(host => Task.Run(() => Write(f, $"h{host}"), token)).ToArray();
        var rules = Task.Run(() =>
        {
            for (var i = 0; i < 30; i++)
            {
                f.Store.Keep(i % 2 == 0 ? [new KeptSelector([new LabelMatcher("vf", MatchKind.NotRegex, "[0-4]")], TimeSpan.FromMinutes(2))] : null);
                f.Store.Maintain();
                using var snapshot = new MemoryStream();
                f.Store.WriteSnapshot(snapshot);
                Metrics.Store.Snapshots.SnapshotReader.Read(new MemoryStream(snapshot.ToArray()), static _ => { }, static _ => { });
            }
        }, token);
        await Task.WhenAll([.. writers, rules]);
        await stop.CancelAsync();
        await Task.WhenAll(readers);

        Assert.True(checkedSamples > 0);
    }

    private static void Write(StoreFixture f, string host)
    {
        var random = new Random(host.GetHashCode(StringComparison.Ordinal));
        var target = f.Open(host);
        for (var i = 0; i < Cycles; i++)
        {
            if (i % 97 == 96)
            {
                target.Dispose();
                target = f.Open(host);
            }

            f.Pass(2);
            var now = f.Now;
            var from = i / 20 * 10;
            StoreFixture.Scrape(target, now, [
                ($"first h={host}", now),
                .. Enumerable.Range(from, Series).Where(_ => random.Next(10) > 0).Select(vf => ($"m{vf % 3} h={host} vf={vf}", Value(vf, now))),
                ($"second h={host}", now),
            ]);
        }

        target.Dispose();
    }

    private static long Check(ISeries series, SampleWindow window)
    {
        var previous = long.MinValue;
        var vf = int.Parse(series.Labels.Get("vf"), CultureInfo.InvariantCulture);
        for (var i = 0; i < window.Count; i++)
        {
            Assert.True(window.Timestamps[i] > previous);
            previous = window.Timestamps[i];
            if (!Staleness.IsMarker(window.Values[i]))
            {
                Assert.Equal(Value(vf, previous), window.Values[i]);
            }
        }

        return window.Count;
    }

    private static double Value(int vf, long timestamp) => ((timestamp - StoreFixture.Start) * 1000) + vf;

    private static long Last(StoreFixture f, string name, string host)
    {
        var found = f.Store.FindSeries(
            [new LabelMatcher(Labels.MetricName, MatchKind.Equal, name), new LabelMatcher("h", MatchKind.Equal, host)], 0, long.MaxValue, CancellationToken.None);

        // Not there when rules or time have just freed it.
        return found.Count > 0 && found[0].TryReadLast(0, long.MaxValue, out var sample) ? sample.Timestamp : name == "first" ? 0 : long.MaxValue;
    }
}
