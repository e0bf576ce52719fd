namespace SriovPulse.Linux.Ethtool;

/// <summary>Forward error correction of a link.</summary>
public enum FecMode
{
    /// <summary>None.</summary>
    Off,

    /// <summary>Reed-Solomon.</summary>
    ReedSolomon,

    /// <summary>BASE-R (Fire code).</summary>
    BaseR,

    /// <summary>Low-latency Reed-Solomon.</summary>
    LowLatencyReedSolomon,
}
