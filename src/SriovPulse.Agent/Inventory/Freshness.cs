namespace SriovPulse.Agent.Inventory;

/// <summary>
/// Decides when something kept has to be read again: after an event, and after a while all the same, since events can be lost (an overrun socket, a
/// container that gets no uevents).
/// </summary>
/// <param name="time">Clock.</param>
/// <param name="longest">Longest time to rely on events alone.</param>
internal sealed class Freshness(TimeProvider time, TimeSpan longest)
{
    private long _version = -1;
    private long _readAt;

    /// <summary>Whether it is time to read again; when so, it is taken as read at <paramref name="version"/>.</summary>
    public bool IsDue(long version)
    {
        if (version == _version && time.GetElapsedTime(_readAt) < longest)
        {
            return false;
        }

        _version = version;
        _readAt = time.GetTimestamp();
        return true;
    }
}
