using SriovPulse.Agent.Metrics;
using SriovPulse.Agent.Snapshots;

namespace SriovPulse.Agent.Tests.Serving;

/// <summary>Gives out snapshots as the agent's runner does: one collection for all who ask while the last one is current.</summary>
internal sealed class FakeSnapshotSource : ISnapshotSource
{
    private readonly Lock _gate = new();
    private readonly List<TimeSpan> _patience = [];
    private Snapshot? _current;
    private int _collections;
    private int _recycled;

    /// <summary>Fills a collection's samples.</summary>
    public Func<SampleBuffer> Collect { get; set; } = () => new Exposition.SampleMetrics().Fill();

    /// <summary>Awaited before a snapshot is given out.</summary>
    public Func<CancellationToken, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>Times that the "kernel" was asked.</summary>
    public int Collections => Volatile.Read(ref _collections);

    /// <summary>Snapshots that nobody holds any more.</summary>
    public int Recycled => Volatile.Read(ref _recycled);

    /// <summary>What callers were ready to wait.</summary>
    public IReadOnlyList<TimeSpan> Patience
    {
        get
        {
            lock (_gate)
            {
                return [.. _patience];
            }
        }
    }

    /// <summary>The next caller gets a new collection.</summary>
    public void Expire()
    {
        lock (_gate)
        {
            _current?.Release();
            _current = null;
        }
    }

    public async ValueTask<Snapshot> GetAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _patience.Add(patience);
        }

        await Before(cancellationToken);
        lock (_gate)
        {
            if (_current is null)
            {
                var id = Interlocked.Increment(ref _collections);
                _current = new Snapshot(
                    id, TimeProvider.System.GetUtcNow(), TimeProvider.System.GetTimestamp(), [new("fake", Collect())], _ => Interlocked.Increment(ref _recycled));
            }

            Assert.True(_current.TryAcquire());
            return _current;
        }
    }
}
