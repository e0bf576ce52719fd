namespace SriovPulse.Agent.Otlp;

/// <summary>What has become of the exports so far. Written by the exporter, read by anyone.</summary>
internal sealed class OtlpExporterStatistics
{
    private long _succeeded;
    private long _failed;
    private long _retries;
    private long _rejectedPoints;
    private long _lastSuccessUnixMilliseconds;

    /// <summary>Exports whose requests were all accepted.</summary>
    public long Succeeded => Interlocked.Read(ref _succeeded);

    /// <summary>Exports that were given up, put off at the server's wish, or had nothing to send because the collection failed.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    /// <summary>Requests that were sent again.</summary>
    public long Retries => Interlocked.Read(ref _retries);

    /// <summary>Points that the server left out of exports that it accepted.</summary>
    public long RejectedPoints => Interlocked.Read(ref _rejectedPoints);

    /// <summary>When the last successful export ended, in milliseconds since 1970; 0 when there was none.</summary>
    public long LastSuccessUnixMilliseconds => Interlocked.Read(ref _lastSuccessUnixMilliseconds);

    internal void CountSuccess(DateTimeOffset now)
    {
        Interlocked.Increment(ref _succeeded);
        Interlocked.Exchange(ref _lastSuccessUnixMilliseconds, now.ToUnixTimeMilliseconds());
    }

    internal void CountFailure() => Interlocked.Increment(ref _failed);

    internal void CountRetry() => Interlocked.Increment(ref _retries);

    internal void CountRejected(long points) => Interlocked.Add(ref _rejectedPoints, points);
}
