using Microsoft.Extensions.Logging;

namespace SriovPulse.Controller.PrometheusApi;

/// <summary>What the API says in the log.</summary>
internal static partial class ApiLog
{
    [LoggerMessage(420, LogLevel.Error, "a request of {Path} failed in a way that nobody foresaw")]
    public static partial void Unforeseen(ILogger logger, Exception exception, string path);
}
