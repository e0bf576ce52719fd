namespace SriovPulse.Metrics.Store;

/// <summary>Whether a snapshot was used.</summary>
public enum SnapshotStatus
{
    /// <summary>There is no snapshot: a first start.</summary>
    Missing,

    /// <summary>Its series are in the store.</summary>
    Restored,

    /// <summary>It is torn, corrupt or of another version; the store is empty.</summary>
    Unusable,
}
