namespace SriovPulse.Metrics.Scraping.Http;

/// <summary>What went wrong with a request, in words.</summary>
internal static class HttpFailure
{
    /// <summary>What the outer message of HttpClient often says is that the inner one says it.</summary>
    public static string Words(Exception e) =>
        e is HttpRequestException && e.Message.Contains("inner exception", StringComparison.Ordinal) ? e.InnerException?.Message ?? e.Message : e.Message;
}
