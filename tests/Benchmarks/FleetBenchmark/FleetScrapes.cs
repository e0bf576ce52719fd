using System.Buffers;
using SriovPulse.Benchmarks.Store;
using SriovPulse.Metrics.Exposition;
using SriovPulse.Metrics.Ingest;
using SriovPulse.Metrics.Scraping;
using SriovPulse.Metrics.Scraping.Configuration;
using SriovPulse.Metrics.Store;
using SriovPulse.PromQL;
using SriovPulse.PromQL.Evaluation;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Benchmarks.Fleets;

/// <summary>A fleet, scraped into a store by the scrape loop's own steps: all but HTTP.</summary>
internal sealed class FleetScrapes
{
    /// <summary>How far one scrape of a target is from the next.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    // The samples that a scrape adds about itself.
    private const int ReportSamples = 5;

    // As many bodies as a processor's nearest caches do not hold, as few as do not matter for the memory.
    private readonly ArrayBufferWriter<byte>[] _bodies = [.. Enumerable.Range(0, 50).Select(static _ => new ArrayBufferWriter<byte>(128 * 1024))];
    private readonly Fleet _fleet;
    private readonly Exposition _exposition;
    private readonly SteppedTime _time;
    private readonly (IScrapeTarget Into, ScrapeIntake Intake, ScrapeReport Report)[] _targets;
    private readonly PromQLExpression _recorded = PromQLExpression.Parse(Policies.Recorded);

    public FleetScrapes(Fleet fleet, SteppedTime time)
    {
        _fleet = fleet;
        _time = time;
        _exposition = new Exposition(fleet);
        Store = new SeriesStore(new SeriesStoreOptions(), time, Microsoft.Extensions.Logging.Abstractions.NullLogger<SeriesStore>.Instance);
        Engine = new QueryEngine(Store);
        var job = new ScrapeJob { Name = "sriovpulse-agent", Interval = Interval };
        _targets = [.. Enumerable.Range(0, fleet.Hosts).Select(host =>
        {
            var labels = Fleet.Target(host);
            return (Store.OpenTarget(labels), new ScrapeIntake(job, labels), new ScrapeReport(labels));
        })];
    }

    /// <summary>Where it goes.</summary>
    public SeriesStore Store { get; }

    /// <summary>Evaluates over the store.</summary>
    public QueryEngine Engine { get; }

    /// <summary>When all hosts of the last cycle had been scraped: the time to evaluate at.</summary>
    public long Now => _time.Milliseconds;

    /// <summary>Samples of one cycle, recorded ones aside.</summary>
    public int SamplesPerCycle => _fleet.Hosts * (_exposition.SeriesPerHost + ReportSamples);

    /// <summary>Bytes of the last cycle's expositions.</summary>
    public long Bytes { get; private set; }

    /// <summary>CPU seconds that the last cycle's parsing and ingest took.</summary>
    public double CpuSeconds { get; private set; }

    /// <summary>Time passes, and every host is scraped, spread over the interval.</summary>
    public void Cycle()
    {
        _fleet.Advance(Interval.TotalSeconds);
        (Bytes, CpuSeconds) = (0, 0);
        var began = _time.Milliseconds;
        for (var first = 0; first < _fleet.Hosts; first += _bodies.Length)
        {
            var hosts = Math.Min(_bodies.Length, _fleet.Hosts - first);
            for (var i = 0; i < hosts; i++)
            {
                _exposition.Write(first + i, _bodies[i]);
                Bytes += _bodies[i].WrittenCount;
            }

            var cpu = new CpuTime();
            for (var i = 0; i < hosts; i++)
            {
                Scrape(first + i, _bodies[i].WrittenSpan, began + ((first + i) * (long)Interval.TotalMilliseconds / _fleet.Hosts));
            }

            CpuSeconds += cpu.Seconds;
        }

        _time.Time += Interval;
    }

    /// <summary>Evaluates the recording rule and stores what it yields.</summary>
    public void Record()
    {
        foreach (var sample in ((VectorValue)Engine.Instant(_recorded, Now).Value).Samples)
        {
            Store.Append(Labels.Create([.. sample.Labels.AsSpan(), new Label(Labels.MetricName, Policies.RecordedName)]), Now, sample.Value);
        }
    }

    private void Scrape(int host, ReadOnlySpan<byte> body, long timestamp)
    {
        var (into, intake, report) = _targets[host];
        using var appender = into.Begin(timestamp);
        intake.Append(body, ExpositionFormat.OpenMetrics, appender, timestamp);
        report.Append(appender, timestamp, isUp: true, TimeSpan.FromMilliseconds(12), intake);
        var outcome = appender.Commit();
        if (outcome.Added != _exposition.SeriesPerHost + ReportSamples)
        {
            throw new InvalidOperationException($"{outcome.Added} of {_exposition.SeriesPerHost + ReportSamples} samples added");
        }
    }
}
