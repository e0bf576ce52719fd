namespace SriovPulse.Metrics.Store;

/// <summary>What came of reading a snapshot.</summary>
/// <param name="Status">Whether it was used.</param>
/// <param name="Series">How many series it brought.</param>
/// <param name="Reason">Why it could not be used; null when it was.</param>
/// <param name="SetAside">Where the unusable file lies now; null when there is none, or it could not be moved.</param>
public sealed record SnapshotRead(SnapshotStatus Status, int Series = 0, string? Reason = null, string? SetAside = null);
