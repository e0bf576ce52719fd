using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using SriovPulse.Metrics.Ingest;
using SriovPulse.Metrics.Store;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Tests.Store;

/// <summary>A store with a clock that a test moves, and short words for what tests do with it.</summary>
internal sealed class StoreFixture : IDisposable
{
    /// <summary>When the clock begins, milliseconds since 1970.</summary>
    public const long Start = 1_700_000_000_000;

    public StoreFixture(SeriesStoreOptions? options = null)
    {
        Options = options ?? new SeriesStoreOptions();
        Store = new SeriesStore(Options, Time, Log);
    }

    public SeriesStoreOptions Options { get; }

    public FakeTimeProvider Time { get; } = new(DateTimeOffset.FromUnixTimeMilliseconds(Start));

    public ListLogger Log { get; } = new();

    public SeriesStore Store { get; private set; }

    public long Now => Time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Labels from <c>name a=1 b=2</c>.</summary>
    public static Labels Labels(string text)
    {
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return PromQL.Series.Labels.Create([
            new Label(PromQL.Series.Labels.MetricName, parts[0]),
            .. parts.Skip(1).Select(static pair => new Label(pair.Split('=')[0], pair.Split('=')[1])),
        ]);
    }

    /// <summary>One scrape: series with their values, in the words of <see cref="Labels"/>.</summary>
    public static AppendOutcome Scrape(IScrapeTarget target, long timestamp, params (string Series, double Value)[] samples)
    {
        using var appender = target.Begin(timestamp);
        foreach (var (series, value) in samples)
        {
            Put(appender, series, timestamp, value);
        }

        return appender.Commit();
    }

    /// <summary>Adds a sample as a scrape loop does: known text first, then with labels.</summary>
    public static void Put(IScrapeAppender appender, string series, long timestamp, double value)
    {
        var text = Encoding.UTF8.GetBytes(series);
        if (!appender.TryAdd(text, timestamp, value))
        {
            appender.Add(text, series.StartsWith("dropped", StringComparison.Ordinal) ? null : Labels(series), timestamp, value);
        }
    }

    public IScrapeTarget Open(string instance = "h1") => Store.OpenTarget(PromQL.Series.Labels.Create(new Label("instance", instance)));

    /// <summary>All samples of a series, as <c>second=value</c> from <see cref="Start"/>; the staleness marker is <c>stale</c>.</summary>
    public string Samples(string series)
    {
        var labels = Labels(series);
        var found = Find([.. labels.AsSpan().ToArray().Select(static label => (label.Name, MatchKind.Equal, label.Value))])
            .Where(one => one.Labels.Equals(labels)).ToList();
        if (found.Count == 0)
        {
            return "none";
        }

        Assert.Single(found);
        return Text(found[0]);
    }

    public static string Text(ISeries series)
    {
        var window = new SampleWindow();
        series.Read(long.MinValue, long.MaxValue, window);
        var text = new List<string>();
        for (var i = 0; i < window.Count; i++)
        {
            var value = Staleness.IsMarker(window.Values[i]) ? "stale" : window.Values[i].ToString(CultureInfo.InvariantCulture);
            text.Add(string.Create(CultureInfo.InvariantCulture, $"{(window.Timestamps[i] - Start) / 1000.0}={value}"));
        }

        return string.Join(' ', text);
    }

    public IReadOnlyList<ISeries> Find(params (string Name, MatchKind Kind, string Value)[] matchers) => Store.FindSeries(
        [.. matchers.Select(static matcher => new LabelMatcher(matcher.Name, matcher.Kind, matcher.Value))],
        long.MinValue, long.MaxValue, TestContext.Current.CancellationToken);

    /// <summary>The names of what is found, sorted.</summary>
    public string Names(params (string Name, MatchKind Kind, string Value)[] matchers) =>
        string.Join(' ', Find(matchers).Select(static series => series.Labels.ToString()).Order(StringComparer.Ordinal));

    public void Pass(double seconds) => Time.Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>Writes a snapshot and begins again with it.</summary>
    public void Restart()
    {
        using var stream = new MemoryStream();
        Store.WriteSnapshot(stream);
        Store.Dispose();
        stream.Position = 0;
        Store = new SeriesStore(Options, Time, Log);
        Store.ReadSnapshot(stream);
    }

    public void Dispose() => Store.Dispose();

    internal sealed class ListLogger : ILogger<SeriesStore>
    {
        public List<(LogLevel Level, int Id, string Text)> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (Lines)
            {
                Lines.Add((logLevel, eventId.Id, formatter(state, exception)));
            }
        }
    }
}
