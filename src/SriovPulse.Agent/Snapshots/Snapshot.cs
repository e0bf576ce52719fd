namespace SriovPulse.Agent.Snapshots;

/// <summary>
/// The result of one collection, shared by every consumer. Its buffers are recycled: whoever reads <see cref="Sections"/> holds the snapshot
/// between a successful <see cref="TryAcquire"/> and <see cref="Release"/>, which is for as long as rendering takes and never while writing to a socket.
/// </summary>
/// <param name="id">Rises by one with each collection.</param>
/// <param name="taken">When the collection ended.</param>
/// <param name="takenTimestamp">The same instant on the monotonic clock (<see cref="TimeProvider.GetTimestamp"/>).</param>
/// <param name="sections">One section per collector that finished, in registration order.</param>
/// <param name="recycle">Called once nobody holds the snapshot any more.</param>
public sealed class Snapshot(long id, DateTimeOffset taken, long takenTimestamp, IReadOnlyList<SnapshotSection> sections, Action<Snapshot> recycle)
{
    // The publisher's own hold counts as one.
    private int _holds = 1;

    /// <summary>Rises by one with each collection.</summary>
    public long Id { get; } = id;

    /// <summary>When the collection ended.</summary>
    public DateTimeOffset Taken { get; } = taken;

    /// <summary>When the collection ended, on the monotonic clock.</summary>
    public long TakenTimestamp { get; } = takenTimestamp;

    /// <summary>One section per collector that finished, in registration order.</summary>
    public IReadOnlyList<SnapshotSection> Sections { get; } = sections;

    /// <summary>Takes a hold; false when the snapshot was recycled already, and a newer one is to be asked for.</summary>
    public bool TryAcquire()
    {
        var holds = Volatile.Read(ref _holds);
        while (holds > 0)
        {
            var seen = Interlocked.CompareExchange(ref _holds, holds + 1, holds);
            if (seen == holds)
            {
                return true;
            }

            holds = seen;
        }

        return false;
    }

    /// <summary>Gives a hold back.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holds) == 0)
        {
            recycle(this);
        }
    }
}
