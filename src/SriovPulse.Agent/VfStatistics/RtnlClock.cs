namespace SriovPulse.Agent.VfStatistics;

/// <summary>
/// Adds up the time spent in calls that hold the kernel's RTNL lock, waiting for it included: what the host pays for being watched, from above.
/// </summary>
internal sealed class RtnlClock(TimeProvider time)
{
    private long _ticks;
    private long _recovered;

    /// <summary>Time spent so far.</summary>
    public TimeSpan Total => TimeSpan.FromTicks(Interlocked.Read(ref _ticks));

    /// <summary>VF lists that the kernel had sent with a wrapped length and that were recovered.</summary>
    public long RecoveredLists => Interlocked.Read(ref _recovered);

    /// <summary>Starts to time a call.</summary>
    public long Start() => time.GetTimestamp();

    /// <summary>Seconds since <paramref name="start"/>, counted nowhere.</summary>
    public double Since(long start) => time.GetElapsedTime(start).TotalSeconds;

    /// <summary>Ends to time a call that began at <paramref name="start"/>; gives its seconds.</summary>
    public double Stop(long start)
    {
        var elapsed = time.GetElapsedTime(start);
        Interlocked.Add(ref _ticks, elapsed.Ticks);
        return elapsed.TotalSeconds;
    }

    /// <summary>Counts a recovered VF list.</summary>
    public void CountRecovered() => Interlocked.Increment(ref _recovered);
}
