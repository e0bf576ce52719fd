using SriovPulse.Metrics.Ingest;
using SriovPulse.Metrics.Scraping.Configuration;
using SriovPulse.Metrics.Scraping.Discovery;
using SriovPulse.Metrics.Scraping.Http;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Scraping;

/// <summary>One job's targets and their loops, kept in step with discovery.</summary>
internal sealed class ScrapePool : IAsyncDisposable
{
    private readonly IIngest _ingest;
    private readonly ScrapeServiceOptions _options;
    private readonly SemaphoreSlim _parses;
    private readonly ScrapeClient _client;
    private readonly FileDiscovery[] _discoveries;
    private readonly SemaphoreSlim _sync = new(1);
    private readonly CancellationTokenSource _stopDiscovery = new();
    private readonly Dictionary<ScrapeTarget, (ScrapeLoop Loop, Task Running, CancellationTokenSource Stop)> _loops = [];
    private Task _discovering = Task.CompletedTask;

    public ScrapePool(ScrapeJob job, IIngest ingest, ScrapeServiceOptions options, SemaphoreSlim parses)
    {
        Job = job;
        _ingest = ingest;
        _options = options;
        _parses = parses;
        _client = new ScrapeClient(job, options.CreateHandler?.Invoke(job) ?? ScrapeHandlers.Create(job));
        _discoveries = [.. job.FileTargets.Select(files => new FileDiscovery(files, options.TimeProvider, Tell))];
        foreach (var discovery in _discoveries)
        {
            discovery.Read();
        }
    }

    public ScrapeJob Job { get; }

    /// <summary>The labels of all targets that are to be scraped now.</summary>
    public HashSet<Labels> TargetLabels => [.. Targets().Select(static target => target.Labels)];

    public IReadOnlyList<TargetStatus> Status
    {
        get
        {
            lock (_loops)
            {
                return [.. _loops.Values.Select(static entry => entry.Loop.Status)];
            }
        }
    }

    /// <summary>Begins to scrape, and to follow the discovery files.</summary>
    public async Task StartAsync()
    {
        await SyncAsync().ConfigureAwait(false);
        _discovering = Task.WhenAll(_discoveries.Select(discovery => discovery.RunAsync(TrySyncAsync, _stopDiscovery.Token)));
    }

    /// <summary>Stops scraping. Series of targets that are not among the remaining ones end.</summary>
    public async Task StopAsync(IReadOnlySet<Labels> remaining)
    {
        await _stopDiscovery.CancelAsync().ConfigureAwait(false);
        await _discovering.ConfigureAwait(false);
        await RemoveAsync([.. _loops.Keys], remaining).ConfigureAwait(false);
    }

    /// <summary>Stops scraping and ends no series: the program stops, the targets do not.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(_loops.Keys.Select(static target => target.Labels).ToHashSet()).ConfigureAwait(false);
        _client.Dispose();
        _sync.Dispose();
        _stopDiscovery.Dispose();
    }

    private IReadOnlyList<ScrapeTarget> Targets() =>
        TargetBuilder.Build(Job, Job.StaticTargets.Concat(_discoveries.SelectMany(static discovery => discovery.Groups)), Tell);

    private async Task TrySyncAsync()
    {
        try
        {
            await SyncAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // Discovery goes on: the next change, or the next reload, sets it right.
            Tell($"job {Job.Name}: its targets could not all be taken over: {e}");
        }
    }

    private async Task SyncAsync()
    {
        await _sync.WaitAsync().ConfigureAwait(false);
        try
        {
            var wanted = Targets();
            var gone = _loops.Keys.Except(wanted).ToList();
            await RemoveAsync(gone, wanted.Select(static target => target.Labels).ToHashSet()).ConfigureAwait(false);
            foreach (var target in wanted)
            {
                if (!_loops.ContainsKey(target))
                {
                    Add(target);
                }
            }
        }
        finally
        {
            _sync.Release();
        }
    }

    private void Add(ScrapeTarget target)
    {
        var stop = new CancellationTokenSource();
        var loop = new ScrapeLoop(Job, target, _client, _ingest.OpenTarget(target.Labels), _parses, _options);
        var running = loop.RunAsync(stop.Token);
        lock (_loops)
        {
            _loops.Add(target, (loop, running, stop));
        }
    }

    private async Task RemoveAsync(List<ScrapeTarget> targets, IReadOnlySet<Labels> remaining)
    {
        foreach (var target in targets)
        {
            await _loops[target].Stop.CancelAsync().ConfigureAwait(false);
        }

        foreach (var target in targets)
        {
            var (loop, running, stop) = _loops[target];
            await running.ConfigureAwait(false);
            lock (_loops)
            {
                _loops.Remove(target);
            }

            if (!remaining.Contains(target.Labels))
            {
                loop.End();
            }

            loop.Dispose();
            stop.Dispose();
        }
    }

    private void Tell(string problem) => _options.Problem?.Invoke(problem);
}
