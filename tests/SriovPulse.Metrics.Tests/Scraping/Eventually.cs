namespace SriovPulse.Metrics.Tests.Scraping;

/// <summary>Waits for what other threads do.</summary>
internal static class Eventually
{
    public static async Task Async(Func<bool> condition, string otherwise)
    {
        for (var i = 0; !condition(); i++)
        {
            Assert.True(i < 3_000, otherwise);
            await Task.Delay(10);
        }
    }
}
