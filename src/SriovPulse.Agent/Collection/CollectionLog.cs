using Microsoft.Extensions.Logging;

namespace SriovPulse.Agent.Collection;

/// <summary>What collections say in the log: changes of state, never one line per scrape.</summary>
internal static partial class CollectionLog
{
    [LoggerMessage(100, LogLevel.Warning, "collector {Collector} fails: {Reason}")]
    public static partial void CollectorFailed(ILogger logger, Exception exception, string collector, string reason);

    [LoggerMessage(101, LogLevel.Information, "collector {Collector} works again")]
    public static partial void CollectorRecovered(ILogger logger, string collector);

    [LoggerMessage(102, LogLevel.Warning, "collector {Collector} has not finished after {Seconds:F1} s; snapshots go out without it")]
    public static partial void CollectorLate(ILogger logger, string collector, double seconds);

    [LoggerMessage(103, LogLevel.Warning, "the host's PFs and VFs cannot be read: {Reason}")]
    public static partial void InventoryFailed(ILogger logger, Exception exception, string reason);
}
