namespace SriovPulse.Agent.VfStatistics;

/// <summary>The values of the <c>reason</c> label.</summary>
internal static class VfStatisticsReasonText
{
    /// <summary>Label value, empty for <see cref="VfStatisticsReason.None"/>.</summary>
    public static string Of(VfStatisticsReason reason) => reason switch
    {
        VfStatisticsReason.None => string.Empty,
        VfStatisticsReason.DriverUnsupported => "driver_unsupported",
        VfStatisticsReason.Unproven => "unproven",
        VfStatisticsReason.MissingInReply => "missing_in_reply",
        VfStatisticsReason.Resetting => "resetting",
        VfStatisticsReason.ReadFailed => "read_failed",
        VfStatisticsReason.Denied => "denied",
        VfStatisticsReason.NoSource => "no_source",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };
}
