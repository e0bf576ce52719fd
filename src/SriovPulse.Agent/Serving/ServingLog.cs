using Microsoft.Extensions.Logging;

namespace SriovPulse.Agent.Serving;

/// <summary>What serving says in the log.</summary>
internal static partial class ServingLog
{
    [LoggerMessage(200, LogLevel.Information, "{Program} serves metrics on {Addresses}")]
    public static partial void Started(ILogger logger, string program, string addresses);

    [LoggerMessage(201, LogLevel.Information, "stopped")]
    public static partial void Stopped(ILogger logger);

    [LoggerMessage(202, LogLevel.Error, "a scrape failed")]
    public static partial void ScrapeFailed(ILogger logger, Exception exception);

    [LoggerMessage(203, LogLevel.Warning, "the first reading of the host failed, it is tried again in {Seconds} s")]
    public static partial void FirstSnapshotFailed(ILogger logger, Exception exception, double seconds);

    [LoggerMessage(204, LogLevel.Information, "web configuration {File} has changed and is in force")]
    public static partial void WebConfigurationRenewed(ILogger logger, string file);

    [LoggerMessage(205, LogLevel.Error, "web configuration {File} has changed and cannot be used, the last good one stays: {Reason}")]
    public static partial void WebConfigurationRefused(ILogger logger, string file, string reason);
}
