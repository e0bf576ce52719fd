namespace SriovPulse.Metrics.Store;

/// <summary>What became of a sample.</summary>
public enum AppendResult
{
    /// <summary>It is in the store.</summary>
    Added,

    /// <summary>It was there already, with the same value; nothing is wrong.</summary>
    Unchanged,

    /// <summary>The series has another value at that time, which stays.</summary>
    Duplicate,

    /// <summary>The series has newer samples; it was dropped.</summary>
    OutOfOrder,

    /// <summary>The store is full and takes no new series.</summary>
    OverLimit,

    /// <summary>No loaded rule selects the series, so it is not kept.</summary>
    NotKept,
}
