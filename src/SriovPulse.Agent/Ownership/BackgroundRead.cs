namespace SriovPulse.Agent.Ownership;

/// <summary>
/// A source that is read beside the collections, because it may hang: one read at a time, whose answer the next collection takes up.
/// Not for concurrent use.
/// </summary>
internal sealed class BackgroundRead<T>(Func<Task<T>> read, TimeProvider time)
    where T : class
{
    private Task<T>? _running;
    private long _started;

    /// <summary>The last answer; null before the first.</summary>
    public T? Latest { get; private set; }

    /// <summary>How long the current read has been running; zero when none is.</summary>
    public TimeSpan Running => _running is null ? TimeSpan.Zero : time.GetElapsedTime(_started);

    /// <summary>Whether a read is wanted that has not been started.</summary>
    public bool IsWanted { get; set; }

    /// <summary>Starts the read that is wanted, once the one before has ended; true when it was started.</summary>
    public bool StartWanted()
    {
        if (!IsWanted || _running is not null)
        {
            return false;
        }

        IsWanted = false;
        _started = time.GetTimestamp();
        _running = Task.Run(read);
        return true;
    }

    /// <summary>Waits for the current read, if any, to end.</summary>
    public void Wait(TimeSpan patience, CancellationToken cancellationToken)
    {
        if (_running is { IsCompleted: false } running)
        {
            // Task.Wait would throw what the read threw; that is TakeUp's to do.
            Task.WhenAny(running, Task.Delay(patience, time, cancellationToken)).GetAwaiter().GetResult();
        }
    }

    /// <summary>Takes up the answer of a read that has ended; true when there was one.</summary>
    public bool TakeUp()
    {
        if (_running is not { IsCompleted: true } ended)
        {
            return false;
        }

        _running = null;
        Latest = ended.GetAwaiter().GetResult();
        return true;
    }
}
