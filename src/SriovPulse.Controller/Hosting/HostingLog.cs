using Microsoft.Extensions.Logging;

namespace SriovPulse.Controller.Hosting;

/// <summary>What the controller's process says in the log.</summary>
internal static partial class HostingLog
{
    [LoggerMessage(400, LogLevel.Information, "listening on {Addresses}, {Jobs} scrape jobs")]
    public static partial void Started(ILogger logger, string addresses, int jobs);

    [LoggerMessage(401, LogLevel.Warning, "{Problem}")]
    public static partial void ScrapeProblem(ILogger logger, string problem);

    [LoggerMessage(402, LogLevel.Error, "the snapshot {Path} cannot be written ({Reason}): after the next start the store is empty, or as old as the last snapshot")]
    public static partial void SnapshotFailed(ILogger logger, Exception exception, string path, string reason);

    [LoggerMessage(403, LogLevel.Error, "the store's maintenance failed and will be tried again")]
    public static partial void MaintenanceFailed(ILogger logger, Exception exception);

    [LoggerMessage(404, LogLevel.Information, "stopped")]
    public static partial void Stopped(ILogger logger);
}
