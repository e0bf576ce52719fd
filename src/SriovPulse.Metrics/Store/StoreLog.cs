using Microsoft.Extensions.Logging;

namespace SriovPulse.Metrics.Store;

/// <summary>What the store says in the log: changes of state, never a line per scrape.</summary>
internal static partial class StoreLog
{
    [LoggerMessage(300, LogLevel.Warning,
        "the store's memory limit of {Limit} bytes is reached: the oldest samples go before their time, the window is now {Seconds:F0} s")]
    public static partial void WindowShortened(ILogger logger, long limit, double seconds);

    [LoggerMessage(301, LogLevel.Error,
        "the store's memory limit of {Limit} bytes is reached although the window is shortened: {Series} series that no loaded rule selects were dropped")]
    public static partial void SelectedOnly(ILogger logger, long limit, int series);

    [LoggerMessage(302, LogLevel.Error,
        "the store's memory limit of {Limit} bytes is reached with {Series} series: new series are refused; "
        + "raise the limit, drop metrics by relabelling, or split the fleet")]
    public static partial void SeriesRefused(ILogger logger, long limit, int series);

    [LoggerMessage(303, LogLevel.Information, "the store's memory is below its limit again ({Bytes} of {Limit} bytes): the limit no longer bites")]
    public static partial void PressureGone(ILogger logger, long bytes, long limit);

    [LoggerMessage(304, LogLevel.Information, "{Series} series restored from {Path}")]
    public static partial void Restored(ILogger logger, int series, string path);

    [LoggerMessage(305, LogLevel.Error, "the snapshot {Path} cannot be used ({Reason}); it is set aside as {Aside}, and the store starts empty")]
    public static partial void SnapshotSetAside(ILogger logger, string path, string reason, string aside);

    [LoggerMessage(306, LogLevel.Error, "the snapshot {Path} cannot be read or set aside ({Reason}); the store starts empty")]
    public static partial void SnapshotUnreadable(ILogger logger, Exception exception, string path, string reason);

    [LoggerMessage(307, LogLevel.Information, "snapshot of {Series} series written to {Path}: {Bytes} bytes")]
    public static partial void SnapshotWritten(ILogger logger, int series, string path, long bytes);
}
