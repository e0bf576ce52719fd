using Microsoft.Extensions.Time.Testing;

namespace SriovPulse.Metrics.Tests.Scraping;

/// <summary>A clock that stands still, and knows what was set on it: so that a test goes on only when the code under test is waiting.</summary>
internal sealed class SteppedTime() : FakeTimeProvider(new DateTimeOffset(2026, 8, 1, 0, 0, 0, TimeSpan.Zero))
{
    private readonly HashSet<long> _fireTimes = [];

    public long Milliseconds => GetUtcNow().ToUnixTimeMilliseconds();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        lock (_fireTimes)
        {
            _fireTimes.Add(Milliseconds + (long)dueTime.TotalMilliseconds);
        }

        return timer;
    }

    /// <summary>Waits until something waits for a time (milliseconds since 1970), then makes it that time.</summary>
    public async Task GoToAsync(long time)
    {
        await Eventually.Async(() => IsAwaited(time), $"nothing waits for {time}");
        SetUtcNow(DateTimeOffset.FromUnixTimeMilliseconds(time));
    }

    private bool IsAwaited(long time)
    {
        lock (_fireTimes)
        {
            return _fireTimes.Contains(time);
        }
    }
}
