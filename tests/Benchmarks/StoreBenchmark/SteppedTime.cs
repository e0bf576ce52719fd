namespace SriovPulse.Benchmarks.Store;

/// <summary>A clock that stands until it is moved: a quarter of an hour of scrapes passes in seconds.</summary>
internal sealed class SteppedTime : TimeProvider
{
    /// <summary>The time now.</summary>
    public DateTimeOffset Time { get; set; } = DateTimeOffset.UnixEpoch.AddYears(56);

    /// <summary>The time now, milliseconds since 1970.</summary>
    public long Milliseconds => Time.ToUnixTimeMilliseconds();

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Time;
}
