using Microsoft.Extensions.Logging;
using SriovPulse.Metrics.Ingest;
using SriovPulse.Metrics.Store.Columns;
using SriovPulse.Metrics.Store.Index;
using SriovPulse.Metrics.Store.Packing;
using SriovPulse.Metrics.Store.Targets;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Store;

/// <summary>
/// Series and their samples in memory, for the window that is needed. Scrapes come in by target and are seen all at once; samples of imports and
/// rules come in one by one. Safe for concurrent use: reading samples takes no lock, selecting series never waits for a scrape.
/// </summary>
public sealed partial class SeriesStore : ISeriesSource, IIngest, IDisposable
{
    [ThreadStatic]
    private static SealedBlock.Builder? s_builder;

    private readonly SeriesStoreOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _targetsLock = new();
    private readonly List<TargetSeries> _targets = [];
    private readonly MetadataTable _metadata = new();
    private int _openings;

    /// <summary>An empty store.</summary>
    public SeriesStore(SeriesStoreOptions options, TimeProvider time, ILogger<SeriesStore> logger)
    {
        _options = options;
        _time = time;
        _logger = logger;
        _rules = new KeepRules([], options.Window);
    }

    /// <summary>How many series there are.</summary>
    public int SeriesCount => Index.SeriesCount;

    /// <summary>How many targets have samples here, closed ones among them.</summary>
    public int TargetCount => Targets().Length;

    internal SeriesIndex Index { get; } = new();

    /// <summary>A builder for the calling thread.</summary>
    internal static SealedBlock.Builder Builder => s_builder ??= new SealedBlock.Builder();

    /// <inheritdoc/>
    public IReadOnlyList<ISeries> FindSeries(
        IReadOnlyList<LabelMatcher> matchers, long startExclusive, long endInclusive, CancellationToken cancellationToken) =>
        Index.Select(matchers, cancellationToken);

    /// <inheritdoc/>
    public IScrapeTarget OpenTarget(Labels targetLabels)
    {
        lock (_targetsLock)
        {
            // A target that was here before goes on where it was: its series are the same, and those that do not come again end.
            var target = _targets.Find(known => known.Texts is null && known.Labels.Equals(targetLabels));
            if (target is null)
            {
                target = new TargetSeries(targetLabels, new TargetColumns(1 + (_openings++ % TargetColumns.BlockScrapes)));
                _targets.Add(target);
            }

            lock (target.Gate)
            {
                target.Texts = new SeriesTexts();
                target.Metadata = new TargetMetadata(_metadata);
            }

            return new ScrapeTarget(this, target);
        }
    }

    /// <summary>Adds a sample of a series that belongs to no target: imported, recorded by a rule.</summary>
    /// <param name="labels">The series' labels, the metric's name included.</param>
    /// <param name="timestamp">Milliseconds since 1970.</param>
    /// <param name="value">The value.</param>
    public AppendResult Append(Labels labels, long timestamp, double value)
    {
        var series = Index.Find(labels);
        if (series is null)
        {
            var refusal = Refusal(labels);
            if (refusal < 0)
            {
                if (refusal == SeriesTexts.Refused)
                {
                    Interlocked.Increment(ref _overLimit);
                }

                return refusal == SeriesTexts.Refused ? AppendResult.OverLimit : AppendResult.NotKept;
            }

            series = Index.Attach(labels, null, -1, SetWindow);
        }

        var result = AppendOwn(series, timestamp, CellValue.Of(value));
        CountOne(result);
        CheckLimit();
        return result;
    }

    /// <inheritdoc/>
    public void Dispose() => Index.Dispose();

    /// <summary>Adds a sample with its own time to a series.</summary>
    internal AppendResult AppendOwn(StoredSeries series, long timestamp, double value)
    {
        // Times are packed as doubles; none of these is one.
        if (Math.Abs(timestamp) >= 1L << 53)
        {
            return AppendResult.OutOfOrder;
        }

        var compared = series.Compare(timestamp, value, butOf: null);
        if (compared != AppendResult.Added)
        {
            return compared;
        }

        while (true)
        {
            // The series may be given up as empty between finding it and adding to it; then it is made anew.
            var own = series.Own;
            if (own?.Append(timestamp, value) is { } result)
            {
                if (result == AppendResult.Added)
                {
                    Interlocked.Add(ref _ownBytes, OwnSamples.SampleBytes);
                }

                return result;
            }

            series = Index.Attach(series.Labels, null, -1, SetWindow);
        }
    }

    /// <summary>A target is given back; its samples stay until they expire.</summary>
    internal void CloseTarget(TargetSeries target)
    {
        lock (target.Gate)
        {
            target.Texts = null;
            target.Metadata = null;
            target.Columns.Seal(Builder);
        }

        CountBytes(target);
    }

    private TargetSeries[] Targets()
    {
        lock (_targetsLock)
        {
            return [.. _targets];
        }
    }

    private long Now() => _time.GetUtcNow().ToUnixTimeMilliseconds();
}
