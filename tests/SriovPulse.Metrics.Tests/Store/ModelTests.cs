using FsCheck;
using FsCheck.Fluent;
using SriovPulse.Metrics.Ingest;
using SriovPulse.Metrics.Store;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Tests.Store;

/// <summary>The store against a dictionary of lists, under any order of scrapes, late and repeated samples, closings, restarts and passing time.</summary>
public sealed class ModelTests
{
    private const int Targets = 3;
    private const int Names = 6;

    private enum Kind
    {
        Scrape,
        LateScrape,
        OwnTimes,
        RolledBack,
        Append,
        End,
        Close,
        Pass,
        Restart,
    }

    [Fact]
    public void The_store_says_what_a_dictionary_of_lists_says()
    {
        var operation =
            from kind in Gen.Frequency(
                (30, Gen.Constant(Kind.Scrape)), (4, Gen.Constant(Kind.LateScrape)), (5, Gen.Constant(Kind.OwnTimes)), (3, Gen.Constant(Kind.RolledBack)),
                (6, Gen.Constant(Kind.Append)), (2, Gen.Constant(Kind.End)), (2, Gen.Constant(Kind.Close)), (6, Gen.Constant(Kind.Pass)),
                (2, Gen.Constant(Kind.Restart)))
            from target in Gen.Choose(0, Targets - 1)
            from mask in Gen.Choose(0, (1 << Names) - 1)
            from number in Gen.Choose(0, 1000)
            select new Operation(kind, target, mask, number);

        Prop.ForAll(Arb.From(Gen.Choose(1, 120).SelectMany(count => operation.ListOf(count))), static operations =>
        {
            using var run = new Run();
            foreach (var one in operations)
            {
                run.Do(one);
            }

            run.Compare();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithEndSize(200));
    }

    [Fact]
    public void Within_the_window_nothing_is_lost_and_beyond_it_nothing_stays()
    {
        Prop.ForAll<int>(static seed =>
        {
            var random = new Random(seed);
            using var f = new StoreFixture(new SeriesStoreOptions { Window = TimeSpan.FromMinutes(5) });
            using var target = f.Open();
            var model = new Dictionary<string, List<Sample>>();
            for (var i = 0; i < 150; i++)
            {
                var chosen = Enumerable.Range(0, Names).Where(n => random.Next(4) > 0 && (n + (i / 40)) % 3 != 0).Select(static n => ($"m{n}", (double)n)).ToArray();
                StoreFixture.Scrape(target, f.Now, chosen);
                foreach (var (name, value) in chosen)
                {
                    model.TryAdd(name, []);
                    model[name].Add(new Sample(f.Now, value));
                }

                if (random.Next(10) == 0)
                {
                    f.Store.Maintain();
                }

                foreach (var (name, samples) in model)
                {
                    var expected = samples.Where(sample => sample.Timestamp > f.Now - 300_000).ToList();
                    var found = f.Find((Labels.MetricName, MatchKind.Equal, name));
                    Assert.Equal(expected, found.SelectMany(series => Read(series, f.Now - 300_000)).Where(static sample => !Staleness.IsMarker(sample.Value)));
                    Assert.All(found.SelectMany(static series => Read(series, long.MinValue)), sample => Assert.True(sample.Timestamp > f.Now - 300_000 - (34 * 15_000)));
                }

                f.Pass(15);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));
    }

    [Fact]
    public void Whatever_the_limit_drops_what_is_left_is_the_newest_and_right()
    {
        var pressures = new HashSet<MemoryPressure>();
        Prop.ForAll<int>(seed =>
        {
            var random = new Random(seed);

            // Every third has not even room for the series that rules select.
            var limit = seed % 3 == 0 ? 8_000 : 40_000 + random.Next(60_000);
            using var f = new StoreFixture(new SeriesStoreOptions { Window = TimeSpan.FromMinutes(20), MemoryLimit = limit });
            f.Store.Keep([new KeptSelector([new LabelMatcher("i", MatchKind.Regex, "[0-9]")], TimeSpan.FromMinutes(20))], others: TimeSpan.FromMinutes(20));
            using var target = f.Open();
            var model = new Dictionary<string, List<Sample>>();
            var series = 5 + random.Next(150);
            for (var i = 0; i < 100; i++)
            {
                var chosen = Enumerable.Range(0, series).Where(_ => random.Next(20) > 0).Select(n => ($"m i={n}", random.NextDouble())).ToArray();
                StoreFixture.Scrape(target, f.Now, chosen);
                f.Store.Append(StoreFixture.Labels("own i=1"), f.Now, i);
                foreach (var (name, value) in chosen.Append(("own i=1", i)))
                {
                    model.TryAdd(name, []);
                    model[name].Add(new Sample(f.Now, value));
                }

                f.Pass(30);
                if (random.Next(5) == 0)
                {
                    f.Store.Maintain();
                }

                pressures.Add(f.Store.Pressure);
            }

            foreach (var (name, samples) in model)
            {
                var found = f.Find([.. StoreFixture.Labels(name).AsSpan().ToArray().Select(static label => (label.Name, MatchKind.Equal, label.Value))]);
                var left = found.SelectMany(static one => Read(one, long.MinValue)).Where(static sample => !Staleness.IsMarker(sample.Value)).ToList();
                Assert.Equal(samples[^left.Count..], left);
            }

            // What is not packed yet cannot be dropped: a block's worth of columns is the most that the limit may be passed by.
            Assert.InRange(f.Store.Bytes, 0, f.Options.MemoryLimit + (f.Store.SeriesCount * 16 * 8 * 2) + 5_000);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

        // Each step was taken by some of them, or nothing was tested.
        Assert.Equal(Enum.GetValues<MemoryPressure>(), pressures.Order());
    }

    private static List<Sample> Read(ISeries series, long after)
    {
        var window = new SampleWindow();
        series.Read(after, long.MaxValue, window);
        var samples = new List<Sample>();
        for (var i = 0; i < window.Count; i++)
        {
            samples.Add(new Sample(window.Timestamps[i], window.Values[i]));
        }

        return samples;
    }

    private sealed record Operation(Kind Kind, int Target, int Mask, int Number);

    /// <summary>A store and its model, side by side.</summary>
    private sealed class Run : IDisposable
    {
        private readonly StoreFixture _f = new(new SeriesStoreOptions { Window = Timeout.InfiniteTimeSpan });
        private readonly SortedDictionary<string, List<Sample>> _model = new(StringComparer.Ordinal);
        private readonly IScrapeTarget?[] _targets = new IScrapeTarget?[Targets];
        private readonly HashSet<string>[] _live = [[], [], []];
        private readonly long[] _last = [.. Enumerable.Repeat(long.MinValue, Targets)];

        public void Do(Operation one)
        {
            switch (one.Kind)
            {
                case Kind.Scrape:
                    _f.Pass(1);
                    Scrape(one, _f.Now);
                    break;
                case Kind.LateScrape:
                    Scrape(one, Math.Max(_last[one.Target], StoreFixture.Start) - (one.Number % 3));
                    break;
                case Kind.OwnTimes:
                    _f.Pass(1);
                    OwnTimes(one);
                    break;
                case Kind.RolledBack:
                    using (var appender = Open(one.Target).Begin(_f.Now))
                    {
                        foreach (var name in Chosen(one))
                        {
                            StoreFixture.Put(appender, name, _f.Now - (one.Number % 2), -1);
                        }
                    }

                    break;
                case Kind.Append:
                    foreach (var name in Chosen(one with { Target = 0 }))
                    {
                        var expected = Add(name, _f.Now - one.Number, one.Number % 3);
                        Assert.Equal(expected, _f.Store.Append(StoreFixture.Labels(name), _f.Now - one.Number, one.Number % 3));
                    }

                    break;
                case Kind.End:
                    _f.Pass(1);
                    Open(one.Target).End(_f.Now);
                    Vanish(one.Target, [], _f.Now);
                    break;
                case Kind.Close:
                    _targets[one.Target]?.Dispose();
                    _targets[one.Target] = null;
                    break;
                case Kind.Pass:
                    _f.Pass(one.Number);
                    _f.Store.Maintain();
                    break;
                case Kind.Restart:
                    _f.Restart();
                    Array.Clear(_targets);
                    break;
            }
        }

        public void Compare()
        {
            var expected = _model.Where(static pair => pair.Value.Count > 0).Select(static pair => $"{StoreFixture.Labels(pair.Key)}: {Text(pair.Value)}");
            var found = _f.Find().Select(static series => (Name: series.Labels.ToString(), Samples: Read(series, long.MinValue)))
                .Where(static series => series.Samples.Count > 0).OrderBy(static series => series.Name, StringComparer.Ordinal)
                .Select(static series => $"{series.Name}: {Text(series.Samples)}");
            Assert.Equal(expected.Order(StringComparer.Ordinal), found);
            foreach (var series in _f.Find())
            {
                var all = Read(series, long.MinValue);
                Assert.Equal(all.Count > 0, series.TryReadLast(long.MinValue, long.MaxValue, out var last));
                Assert.Equal(all.Count > 0 ? all[^1] : default, last);
                for (var i = 0; i < all.Count; i += 7)
                {
                    // A window that begins with a sample leaves it out, and one that ends with it takes it in.
                    Assert.Equal(all[(i + 1)..], Read(series, all[i].Timestamp));
                    Assert.True(series.TryReadLast(long.MinValue, all[i].Timestamp, out last));
                    Assert.Equal(all[i], last);
                }
            }
        }

        public void Dispose() => _f.Dispose();

        private static string Text(List<Sample> samples) =>
            string.Join(' ', samples.Select(static sample => $"{sample.Timestamp - StoreFixture.Start}={BitConverter.DoubleToInt64Bits(sample.Value):x}"));

        private IScrapeTarget Open(int target) => _targets[target] ??= _f.Open($"h{target}");

        // Targets have series of their own, and the first two share some.
        private static List<string> Chosen(Operation one) =>
            [.. Enumerable.Range(0, Names).Where(n => (one.Mask & (1 << n)) != 0).Select(n => n < 2 && one.Target < 2 ? $"m{n}" : $"m{n} t={one.Target}")];

        private void Scrape(Operation one, long timestamp)
        {
            var (added, outOfOrder, duplicates) = (0, 0, 0);
            var chosen = Chosen(one);
            foreach (var name in chosen)
            {
                var result = Add(name, timestamp, one.Number % 4);
                added += result == AppendResult.Added ? 1 : 0;
                outOfOrder += result == AppendResult.OutOfOrder ? 1 : 0;
                duplicates += result == AppendResult.Duplicate ? 1 : 0;
                _accepted[name] = result == AppendResult.Added;
            }

            var outcome = StoreFixture.Scrape(Open(one.Target), timestamp, [.. chosen.Select(name => (name, (double)(one.Number % 4)))]);
            Assert.Equal((added, outOfOrder, duplicates), (outcome.Added, outcome.OutOfOrder, outcome.Duplicates));
            if (timestamp > _last[one.Target])
            {
                Vanish(one.Target, chosen, timestamp);
            }
        }

        private readonly Dictionary<string, bool> _accepted = [];

        private void OwnTimes(Operation one)
        {
            using var appender = Open(one.Target).Begin(_f.Now);
            foreach (var name in Chosen(one))
            {
                StoreFixture.Put(appender, name, _f.Now - (one.Number % 5) - 1, one.Number);
                Add(name, _f.Now - (one.Number % 5) - 1, one.Number);
            }

            appender.Commit();
            Vanish(one.Target, [], _f.Now);
        }

        // Series of the target's newest scrape that this one does not have get a marker, unless they have newer samples elsewhere.
        private void Vanish(int target, List<string> present, long timestamp)
        {
            foreach (var name in _live[target].Except(present))
            {
                Add(name, timestamp, Staleness.Marker);
            }

            _live[target] = [.. present.Where(name => _accepted[name])];
            _last[target] = timestamp;
        }

        private AppendResult Add(string name, long timestamp, double value)
        {
            _model.TryAdd(name, []);
            var samples = _model[name];
            if (samples.Count > 0 && samples[^1].Timestamp >= timestamp)
            {
                return samples[^1].Timestamp > timestamp ? AppendResult.OutOfOrder
                    : BitConverter.DoubleToInt64Bits(samples[^1].Value) == BitConverter.DoubleToInt64Bits(value) ? AppendResult.Unchanged
                    : AppendResult.Duplicate;
            }

            samples.Add(new Sample(timestamp, value));
            return AppendResult.Added;
        }
    }
}
