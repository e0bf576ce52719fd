using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using SriovPulse.Agent.Collectors;
using SriovPulse.Agent.Inventory;
using SriovPulse.Agent.Metrics;
using SriovPulse.Agent.Snapshots;

namespace SriovPulse.Agent.Collection;

/// <summary>
/// Reads the host when somebody asks and the last snapshot is too old; all who ask meanwhile share the result. Collectors run beside each other,
/// each on its own lane; the snapshot goes out when all are done, when the collector timeout has passed, or when a caller's patience ends.
/// </summary>
public sealed class CollectionRunner : ISnapshotSource, IDisposable
{
    private readonly IInventorySource _inventorySource;
    private readonly CollectionOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CollectorLane[] _lanes;
    private readonly bool[] _started;
    private readonly CollectionMetrics _metrics = new();
    private readonly ConcurrentBag<SampleBuffer> _spare = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly AutoResetEvent _go = new(false);
    private readonly AutoResetEvent _progress = new(false);
    private readonly Lock _gate = new();
    private HostInventory _inventory = HostInventory.Empty;
    private Snapshot? _current;
    private TaskCompletionSource? _running;
    private bool _cut;
    private long _count;

    /// <summary>Starts the threads; nothing is read before somebody asks.</summary>
    public CollectionRunner(
        IInventorySource inventorySource,
        IReadOnlyList<ICollector> collectors,
        CollectionOptions options,
        TimeProvider time,
        ILogger logger)
    {
        _inventorySource = inventorySource;
        _options = options;
        _time = time;
        _logger = logger;
        _lanes = [.. collectors.Prepend(new InventoryCollector(this)).Select(c => new CollectorLane(c, time, logger, () => _progress.Set()))];
        _started = new bool[_lanes.Length];
        new Thread(Run, maxStackSize: 512 * 1024) { IsBackground = true, Name = "collection" }.Start();
    }

    /// <summary>The inventory of the last collection.</summary>
    public HostInventory Inventory => Volatile.Read(ref _inventory);

    /// <inheritdoc/>
    public async ValueTask<Snapshot> GetAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var start = _time.GetTimestamp();
        while (true)
        {
            Task running;
            lock (_gate)
            {
                if (_current is { } current && _time.GetElapsedTime(current.TakenTimestamp) <= _options.MaxAge && current.TryAcquire())
                {
                    return current;
                }

                if (_running is null)
                {
                    _running = new(TaskCreationOptions.RunContinuationsAsynchronously);
                    _cut = false;
                    _go.Set();
                }

                running = _running.Task;
            }

            var left = patience - _time.GetElapsedTime(start);
            if (left > TimeSpan.Zero)
            {
                try
                {
                    await running.WaitAsync(left, _time, cancellationToken).ConfigureAwait(false);
                }
                catch (TimeoutException)
                {
                    left = TimeSpan.Zero;
                }
            }

            if (left <= TimeSpan.Zero)
            {
                // The caller gets what there is now; so does everybody who shares this collection.
                Cut(running);
                await running.WaitAsync(cancellationToken).ConfigureAwait(false);
            }

            // The result of the collection that we waited for is ours, however short MaxAge may be.
            lock (_gate)
            {
                if (_current!.TryAcquire())
                {
                    return _current;
                }
            }
        }
    }

    /// <summary>Stops the threads; a lane stuck in the kernel is left to end with the process.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _go.Set();
        foreach (var lane in _lanes)
        {
            lane.Dispose();
        }
    }

    private void Cut(Task waitedFor)
    {
        lock (_gate)
        {
            // Not the next one, which others have just begun to wait for.
            _cut |= ReferenceEquals(_running?.Task, waitedFor);
        }

        _progress.Set();
    }

    private void Run()
    {
        while (true)
        {
            _go.WaitOne();
            if (_stop.IsCancellationRequested)
            {
                return;
            }

            CollectOnce();
        }
    }

    private void CollectOnce()
    {
        var now = _time.GetUtcNow();
        var start = _time.GetTimestamp();

        // The inventory comes first. When it hangs, the collectors still get half of the time with the inventory known before.
        Start(0, 1, new CollectionContext(_inventory, now, _stop.Token));
        Wait(0, 1, start, _options.CollectorTimeout / 2);
        Start(1, _lanes.Length, new CollectionContext(Volatile.Read(ref _inventory), now, _stop.Token));
        Wait(1, _lanes.Length, start, _options.CollectorTimeout);
        Publish();
    }

    private void Start(int from, int to, CollectionContext context)
    {
        for (var i = from; i < to; i++)
        {
            _started[i] = _lanes[i].TryStart(context);
        }
    }

    /// <summary>Waits until the lanes are done, the time is up or a caller's patience ends. Lanes that hang since an earlier collection are not waited for.</summary>
    private void Wait(int from, int to, long start, TimeSpan atMost)
    {
        while (!IsDone(from, to) && !IsCut())
        {
            var left = atMost - _time.GetElapsedTime(start);
            if (left <= TimeSpan.Zero)
            {
                return;
            }

            _progress.WaitOne(left);
        }
    }

    private bool IsDone(int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (_started[i] && !_lanes[i].IsDone)
            {
                return false;
            }
        }

        return true;
    }

    private bool IsCut()
    {
        lock (_gate)
        {
            return _cut;
        }
    }

    private void Publish()
    {
        if (!_spare.TryTake(out var own))
        {
            own = new SampleBuffer(_metrics);
        }

        var sections = new List<SnapshotSection>(_lanes.Length + 1);
        for (var i = 0; i < _lanes.Length; i++)
        {
            AddResult(_lanes[i], _started[i], own, sections, _metrics);
        }

        var taken = _time.GetUtcNow();
        own.Add(_metrics.Collections, LabelSet.Empty, (ulong)++_count);
        own.Add(_metrics.Timestamp, LabelSet.Empty, taken.ToUnixTimeMilliseconds() / 1000.0);
        sections.Add(new("collection", own));
        var snapshot = new Snapshot(_count, taken, _time.GetTimestamp(), sections, Recycle);

        Snapshot? previous;
        TaskCompletionSource? running;
        lock (_gate)
        {
            previous = _current;
            _current = snapshot;
            running = _running;
            _running = null;
        }

        previous?.Release();
        running?.TrySetResult();
    }

    private static void AddResult(CollectorLane lane, bool started, SampleBuffer own, List<SnapshotSection> sections, CollectionMetrics metrics)
    {
        var result = lane.Take(started);
        own.Add(metrics.CollectorSuccess, lane.Labels, result.State == LaneState.Finished);
        own.Add(metrics.CollectorDuration, lane.Labels, result.Duration.TotalSeconds);
        if (result.Samples is { } samples)
        {
            sections.Add(new(lane.Name, samples));
        }
    }

    private void Recycle(Snapshot snapshot)
    {
        foreach (var section in snapshot.Sections)
        {
            if (Array.Find(_lanes, lane => ReferenceEquals(lane.Metrics, section.Samples.Metrics)) is { } lane)
            {
                lane.Recycle(section.Samples);
            }
            else
            {
                section.Samples.Clear();
                _spare.Add(section.Samples);
            }
        }
    }

    /// <summary>Reads the inventory on a lane of its own, so that it too is timed, counted and may hang without harm.</summary>
    private sealed class InventoryCollector(CollectionRunner runner) : ICollector
    {
        public string Name => "inventory";

        public MetricSet Metrics { get; } = new NoMetrics();

        public CollectOutcome Collect(CollectionContext context, SampleBuffer samples)
        {
            try
            {
                Volatile.Write(ref runner._inventory, runner._inventorySource.Read());
            }
            catch (IncompleteInventoryException e)
            {
                Volatile.Write(ref runner._inventory, e.Inventory);
                throw;
            }

            return CollectOutcome.Collected;
        }

        private sealed class NoMetrics : MetricSet;
    }
}
