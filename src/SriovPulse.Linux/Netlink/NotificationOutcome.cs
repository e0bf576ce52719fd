namespace SriovPulse.Linux.Netlink;

/// <summary>How waiting for a notification ended.</summary>
public enum NotificationOutcome
{
    /// <summary>There is one.</summary>
    Received,

    /// <summary>None came in time.</summary>
    TimedOut,

    /// <summary>The kernel had to drop some: what is known may be outdated, so look again at everything.</summary>
    Overrun,
}
