using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using SriovPulse.Agent.Collectors;
using SriovPulse.Agent.Metrics;

namespace SriovPulse.Agent.Collection;

/// <summary>
/// A collector and the thread that it runs on. Reading the kernel cannot be cancelled, so a collector that hangs keeps its thread and nothing else:
/// it is left out of the snapshots until it comes back.
/// </summary>
internal sealed class CollectorLane : IDisposable
{
    private readonly ICollector _collector;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Action _finished;
    // Not a SemaphoreSlim, which spins before it sleeps: a lane sleeps for seconds.
    private readonly AutoResetEvent _go = new(false);
    private readonly ConcurrentBag<SampleBuffer> _spare = [];
    private readonly Lock _gate = new();
    private CollectionContext? _context;
    private SampleBuffer? _samples;
    private LaneState _state;
    private long _startTimestamp;
    private TimeSpan _duration;
    private bool _wasFailing;
    private bool _lateTold;
    private bool _stopping;

    /// <summary>Starts the lane's thread.</summary>
    /// <param name="collector">What runs here.</param>
    /// <param name="time">Clock for durations.</param>
    /// <param name="logger">Told when the collector starts to fail and when it recovers.</param>
    /// <param name="finished">Called on the lane's thread after each run.</param>
    public CollectorLane(ICollector collector, TimeProvider time, ILogger logger, Action finished)
    {
        _collector = collector;
        _time = time;
        _logger = logger;
        _finished = finished;
        Labels = LabelSet.Create(("collector", collector.Name));
        new Thread(Run, maxStackSize: 512 * 1024) { IsBackground = true, Name = collector.Name }.Start();
    }

    /// <summary>The collector's name.</summary>
    public string Name => _collector.Name;

    /// <summary>The families of the collector.</summary>
    public MetricSet Metrics => _collector.Metrics;

    /// <summary><c>{collector="…"}</c>.</summary>
    public LabelSet Labels { get; }

    /// <summary>Starts a run; false when an earlier one still runs.</summary>
    public bool TryStart(CollectionContext context)
    {
        lock (_gate)
        {
            if (_state == LaneState.Running)
            {
                return false;
            }

            // A run that finished after its collection had gone: its samples are of the past.
            if (_samples is { } late)
            {
                Recycle(late);
                _samples = null;
            }

            _context = context;
            _startTimestamp = _time.GetTimestamp();
            _state = LaneState.Running;
        }

        _go.Set();
        return true;
    }

    /// <summary>Whether no run is under way.</summary>
    public bool IsDone
    {
        get
        {
            lock (_gate)
            {
                return _state != LaneState.Running;
            }
        }
    }

    /// <summary>
    /// Takes the result of the run. A run that this collection did not start (<paramref name="started"/> false) is still told as running, even when
    /// it has ended by now: what it read is of an earlier time.
    /// </summary>
    public LaneResult Take(bool started)
    {
        lock (_gate)
        {
            if (_state == LaneState.Running || !started)
            {
                var elapsed = _time.GetElapsedTime(_startTimestamp);
                if (!_lateTold)
                {
                    CollectionLog.CollectorLate(_logger, Name, elapsed.TotalSeconds);
                    _lateTold = true;
                }

                return new(LaneState.Running, elapsed, null);
            }

            var result = new LaneResult(_state, _duration, _samples);
            _samples = null;
            _state = LaneState.Idle;
            _lateTold = false;
            return result;
        }
    }

    /// <summary>Gives a sample buffer back for later runs.</summary>
    public void Recycle(SampleBuffer samples)
    {
        samples.Clear();
        _spare.Add(samples);
    }

    /// <summary>Ends the thread once its current run, if any, ends.</summary>
    public void Dispose()
    {
        Volatile.Write(ref _stopping, true);
        _go.Set();
    }

    private void Run()
    {
        while (true)
        {
            _go.WaitOne();
            if (Volatile.Read(ref _stopping))
            {
                return;
            }

            RunOnce();
            _finished();
        }
    }

    private void RunOnce()
    {
        if (!_spare.TryTake(out var samples))
        {
            samples = new SampleBuffer(_collector.Metrics);
        }

        var failed = false;
        try
        {
            _collector.Collect(_context!, samples);
        }
#pragma warning disable CA1031 // One collector failing, in whichever way, never spoils the others or the scrape.
        catch (Exception e)
#pragma warning restore CA1031
        {
            failed = true;
            Recycle(samples);
            if (!_wasFailing)
            {
                CollectionLog.CollectorFailed(_logger, e, Name, e.Message);
            }
        }

        if (_wasFailing && !failed)
        {
            CollectionLog.CollectorRecovered(_logger, Name);
        }

        _wasFailing = failed;
        lock (_gate)
        {
            _duration = _time.GetElapsedTime(_startTimestamp);
            _samples = failed ? null : samples;
            _state = failed ? LaneState.Failed : LaneState.Finished;
        }
    }
}
