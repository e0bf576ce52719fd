using SriovPulse.Agent.Snapshots;

namespace SriovPulse.Agent.Tests.Otlp;

/// <summary>Gives out the example's samples as they are now, and counts.</summary>
internal sealed class FakeSnapshotSource(ExampleMetrics metrics) : ISnapshotSource
{
    private int _held;

    public int Asked { get; private set; }

    /// <summary>Snapshots that were given out and not given back.</summary>
    public int Held => Volatile.Read(ref _held);

    public Exception? Failure { get; set; }

    public ValueTask<Snapshot> GetAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        Asked++;
        if (Failure is not null)
        {
            throw Failure;
        }

        Interlocked.Increment(ref _held);
        return new(new Snapshot(Asked, ExampleMetrics.Taken.AddSeconds(Asked), 0, [new SnapshotSection("example", metrics.Samples)], _ => Interlocked.Decrement(ref _held)));
    }
}
