using System.Globalization;
using System.Text;
using SriovPulse.Metrics.Ingest;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Tests.Ingest;

/// <summary>Takes scrapes as the store must, and keeps every sample as a line of text: <c>name{a="b"} value @timestamp</c>, <c>stale</c> for a marker.</summary>
internal sealed class RecordingIngest : IIngest
{
    private readonly List<string> _samples = [];
    private readonly List<string> _metadata = [];

    /// <summary>What was committed, in that order.</summary>
    public IReadOnlyList<string> Samples
    {
        get
        {
            lock (_samples)
            {
                return [.. _samples];
            }
        }
    }

    /// <summary>What was told of families: <c>name kind help|unit</c>.</summary>
    public IReadOnlyList<string> Metadata => _metadata;

    /// <summary>Targets opened and not yet disposed.</summary>
    public int OpenTargets { get; private set; }

    /// <summary>Thrown by the next <see cref="IScrapeTarget.Begin"/>.</summary>
    public Exception? Failure { get; set; }

    public IScrapeTarget OpenTarget(Labels targetLabels)
    {
        OpenTargets++;
        return new Target(this);
    }

    /// <summary>The samples whose line begins with a text.</summary>
    public List<string> Of(string start) => [.. Samples.Where(line => line.StartsWith(start, StringComparison.Ordinal))];

    private void Record(Labels labels, long timestamp, double value)
    {
        var shown = Staleness.IsMarker(value) ? "stale" : value.ToString("R", CultureInfo.InvariantCulture);
        lock (_samples)
        {
            _samples.Add(string.Create(CultureInfo.InvariantCulture, $"{labels} {shown} @{timestamp}"));
        }
    }

    private sealed class Target(RecordingIngest owner) : IScrapeTarget
    {
        public Dictionary<string, Labels?> Known { get; } = [];

        public HashSet<Labels> Live { get; set; } = [];

        public IScrapeAppender Begin(long timestamp)
        {
            if (owner.Failure is { } failure)
            {
                owner.Failure = null;
                throw failure;
            }

            return new Appender(owner, this, timestamp);
        }

        public void End(long timestamp)
        {
            foreach (var labels in Live.OrderBy(static labels => labels.ToString(), StringComparer.Ordinal))
            {
                owner.Record(labels, timestamp, Staleness.Marker);
            }

            Live = [];
        }

        public void Dispose() => owner.OpenTargets--;
    }

    private sealed class Appender(RecordingIngest owner, Target target, long begun) : IScrapeAppender
    {
        private readonly List<(Labels Labels, long Timestamp, double Value)> _staged = [];
        private readonly Dictionary<string, Labels?> _learnt = [];

        public int Dropped { get; private set; }

        public bool TryAdd(ReadOnlySpan<byte> seriesText, long timestamp, double value)
        {
            var text = Encoding.Latin1.GetString(seriesText);
            if (!_learnt.TryGetValue(text, out var labels) && !target.Known.TryGetValue(text, out labels))
            {
                return false;
            }

            Stage(labels, timestamp, value);
            return true;
        }

        public void Add(ReadOnlySpan<byte> seriesText, Labels? labels, long timestamp, double value)
        {
            Assert.True(_learnt.TryAdd(Encoding.Latin1.GetString(seriesText), labels));
            Stage(labels, timestamp, value);
        }

        public void SetMetadata(ReadOnlySpan<byte> family, MetricKind kind, ReadOnlySpan<byte> help, ReadOnlySpan<byte> unit) =>
            owner._metadata.Add($"{Encoding.UTF8.GetString(family)} {kind} {Encoding.UTF8.GetString(help)}|{Encoding.UTF8.GetString(unit)}");

        public AppendOutcome Commit()
        {
            foreach (var (text, labels) in _learnt)
            {
                target.Known[text] = labels;
            }

            foreach (var (labels, timestamp, value) in _staged)
            {
                owner.Record(labels, timestamp, value);
            }

            var live = _staged.Where(sample => sample.Timestamp == begun).Select(static sample => sample.Labels).ToHashSet();
            foreach (var labels in target.Live.Except(live).OrderBy(static labels => labels.ToString(), StringComparer.Ordinal))
            {
                owner.Record(labels, begun, Staleness.Marker);
            }

            target.Live = live;
            return new AppendOutcome(_staged.Count, Dropped, 0, 0, 0, _learnt.Count(static pair => pair.Value is not null));
        }

        public void Rollback() => _staged.Clear();

        public void Dispose() => Rollback();

        private void Stage(Labels? labels, long timestamp, double value)
        {
            if (labels is null)
            {
                Dropped++;
            }
            else
            {
                _staged.Add((labels, timestamp, value));
            }
        }
    }
}
