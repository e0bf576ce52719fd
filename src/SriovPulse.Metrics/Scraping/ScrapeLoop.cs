using SriovPulse.Metrics.Exposition;
using SriovPulse.Metrics.Ingest;
using SriovPulse.Metrics.Scraping.Configuration;
using SriovPulse.Metrics.Scraping.Discovery;
using SriovPulse.Metrics.Scraping.Http;

namespace SriovPulse.Metrics.Scraping;

/// <summary>Scrapes one target at its times, one scrape after the other.</summary>
internal sealed class ScrapeLoop : IDisposable
{
    private readonly ScrapeTarget _target;
    private readonly ScrapeClient _client;
    private readonly IScrapeTarget _into;
    private readonly ScrapeIntake _intake;
    private readonly ScrapeReport _report;
    private readonly ScrapeSchedule _schedule;
    private readonly SemaphoreSlim _parses;
    private readonly TimeProvider _time;
    private readonly Action<string>? _tell;
    private int _expectedLength;
    private volatile TargetStatus _status;

    public ScrapeLoop(ScrapeJob job, ScrapeTarget target, ScrapeClient client, IScrapeTarget into, SemaphoreSlim parses, ScrapeServiceOptions options)
    {
        _target = target;
        _client = client;
        _into = into;
        _intake = new ScrapeIntake(job, target.Labels);
        _report = new ScrapeReport(target.Labels);
        _schedule = new ScrapeSchedule(target);
        _parses = parses;
        _time = options.TimeProvider;
        _tell = options.Problem;
        _status = new TargetStatus(job.Name, target, null, string.Empty, null, default, default);
    }

    public TargetStatus Status => _status;

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Scrapes until told to stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            var due = _schedule.NextAfter(Now);
            while (true)
            {
                for (var wait = due - Now; wait > 0; wait = due - Now)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(wait), _time, stop).ConfigureAwait(false);
                    if (due - Now >= _target.Interval.TotalMilliseconds)
                    {
                        // The clock was set back: what was due is far away now, and the target must not go unseen until then.
                        due = _schedule.NextAfter(Now);
                    }
                }

                await TryScrapeAsync(_schedule.Timestamp(due, Now), stop).ConfigureAwait(false);

                // A scrape that took longer than the interval leaves out what it missed.
                due = _schedule.NextAfter(Math.Max(due, Now));
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }

    /// <summary>The target is gone: its series end now.</summary>
    public void End() => _into.End(Now);

    public void Dispose() => _into.Dispose();

    private async Task TryScrapeAsync(long timestamp, CancellationToken stop)
    {
        try
        {
            await ScrapeAsync(timestamp, stop).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            // Not the target's fault but ours. One scrape is lost, the next may succeed; a loop that died would be noticed by nobody.
            _status = _status with { IsUp = false, Problem = $"the scrape failed within SriovPulse: {e.Message}" };
            _tell?.Invoke($"job {_status.Job}, target {_target.Url}: the scrape failed within SriovPulse: {e}");
        }
    }

    private async Task ScrapeAsync(long timestamp, CancellationToken stop)
    {
        var began = _time.GetTimestamp();
        string problem;
        AppendOutcome outcome;
        using (var body = new ScrapeBody(_expectedLength))
        {
            var (format, failure) = await FetchAsync(body, stop).ConfigureAwait(false);
            _expectedLength = Math.Max(body.Length, _expectedLength - (_expectedLength / 16));
            await _parses.WaitAsync(stop).ConfigureAwait(false);
            try
            {
                problem = failure;
                outcome = Append(body, format, ref problem, timestamp, began);
            }
            finally
            {
                _parses.Release();
            }
        }

        _status = _status with
        {
            IsUp = problem.Length == 0,
            Problem = problem,
            LastScrape = DateTimeOffset.FromUnixTimeMilliseconds(timestamp),
            Duration = _time.GetElapsedTime(began),
            Outcome = outcome,
        };
    }

    /// <summary>The format, or what went wrong.</summary>
    private async Task<(ExpositionFormat Format, string Problem)> FetchAsync(ScrapeBody body, CancellationToken stop)
    {
        using var timeout = new CancellationTokenSource(_target.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stop);
        try
        {
            return (await _client.FetchAsync(_target, body, either.Token).ConfigureAwait(false), string.Empty);
        }
        catch (ScrapeException e)
        {
            return (default, e.Message);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return (default, $"no whole answer within scrape_timeout, {PrometheusDuration.Format(_target.Timeout)}");
        }
    }

    private AppendOutcome Append(ScrapeBody body, ExpositionFormat format, ref string problem, long timestamp, long began)
    {
        _intake.Reset();
        if (problem.Length == 0)
        {
            using var appender = _into.Begin(timestamp);
            try
            {
                _intake.Append(body.Bytes, format, appender, timestamp);
                _report.Append(appender, timestamp, isUp: true, _time.GetElapsedTime(began), _intake);
                return appender.Commit();
            }
            catch (Exception e) when (e is ExpositionException or ScrapeException)
            {
                problem = e.Message;
                appender.Rollback();
            }
        }

        // Nothing but the report: so all series of the last scrape end here.
        using var failed = _into.Begin(timestamp);
        _report.Append(failed, timestamp, isUp: false, _time.GetElapsedTime(began), _intake);
        return failed.Commit();
    }
}
