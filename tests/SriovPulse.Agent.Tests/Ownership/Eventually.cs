namespace SriovPulse.Agent.Tests.Ownership;

/// <summary>Waits for what another thread does.</summary>
internal static class Eventually
{
    /// <summary>Returns when the condition holds; fails when it still does not after half a minute.</summary>
    public static async Task HoldsAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            await Task.Delay(5, limit.Token);
        }
    }
}
