using SriovPulse.Metrics.Ingest;
using SriovPulse.Metrics.Scraping;
using SriovPulse.Metrics.Scraping.Configuration;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Tests.Scraping;

public sealed class ConcurrencyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task No_more_answers_are_read_at_once_than_allowed(int allowed)
    {
        var ingest = new CountingIngest();
        var time = new SteppedTime();
        var job = new ScrapeJob
        {
            Name = "j",
            Interval = TimeSpan.FromSeconds(15),
            StaticTargets = [new TargetGroup([.. Enumerable.Range(0, 20).Select(static i => $"h{i}:1")], Labels.Empty)],
        };
        await using var service = new ScrapeService(
            ingest, new ScrapeServiceOptions { TimeProvider = time, CreateHandler = static _ => new ScriptedTarget { Body = "a 1\n" }, ConcurrentParses = allowed });
        await service.ApplyAsync(new ScrapeConfiguration([job]));

        time.Advance(TimeSpan.FromSeconds(15));

        await Eventually.Async(() => ingest.Commits >= 20, "not all targets were scraped");
        Assert.InRange(ingest.Most, 1, allowed);
    }

    private sealed class CountingIngest : IIngest, IScrapeTarget, IScrapeAppender
    {
        private int _now;
        private int _commits;

        public int Most { get; private set; }

        public int Commits => Volatile.Read(ref _commits);

        public int Dropped => 0;

        public IScrapeTarget OpenTarget(Labels targetLabels) => this;

        public IScrapeAppender Begin(long timestamp)
        {
            var now = Interlocked.Increment(ref _now);
            lock (this)
            {
                Most = Math.Max(Most, now);
            }

            Thread.Sleep(5);
            return this;
        }

        public AppendOutcome Commit()
        {
            Interlocked.Decrement(ref _now);
            Interlocked.Increment(ref _commits);
            return default;
        }

        public bool TryAdd(ReadOnlySpan<byte> seriesText, long timestamp, double value) => true;

        public void Add(ReadOnlySpan<byte> seriesText, Labels? labels, long timestamp, double value)
        {
        }

        public void SetMetadata(ReadOnlySpan<byte> family, MetricKind kind, ReadOnlySpan<byte> help, ReadOnlySpan<byte> unit)
        {
        }

        public void End(long timestamp)
        {
        }

        public void Rollback()
        {
        }

        public void Dispose()
        {
        }
    }
}
