namespace SriovPulse.Metrics.Store;

/// <summary>How far the memory limit has made a store go. Each step includes those before it.</summary>
public enum MemoryPressure
{
    /// <summary>Everything fits.</summary>
    None,

    /// <summary>The oldest samples were dropped before their window ended.</summary>
    WindowShortened,

    /// <summary>Series that no loaded rule selects are not kept.</summary>
    SelectedOnly,

    /// <summary>New series are refused.</summary>
    SeriesRefused,
}
