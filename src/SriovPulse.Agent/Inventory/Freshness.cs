namespace SriovPulse.Agent.Inventory;

/// <summary>
/// Decides when something kept has to be read again: after an event, and after a while all the same, since events can be lost (an overrun socket, a
/// container that gets no uevents).
/// </summary>
/// <param name="time">Clock.</param>
/// <param name="longest">Longest time to rely on events alone.</param>
/// <param name="shortest">Time that passes at least between two readings, however many events there are.</param>
internal sealed class Freshness(TimeProvider time, TimeSpan longest, TimeSpan shortest = default)
{
    private long _version = -1;
    private long _readAt;

    /// <summary>Whether it is time to read again; when so, it is taken as read at <paramref name="version"/>.</summary>
    public bool IsDue(long version)
    {
        var age = time.GetElapsedTime(_readAt);
        if (_version >= 0 && age < (version == _version ? longest : shortest))
        {
            return false;
        }

        _version = version;
        _readAt = time.GetTimestamp();
        return true;
    }
}
