namespace SriovPulse.PromQL.Functions;

/// <summary>Whether a function can be called.</summary>
public enum FunctionStatus
{
    /// <summary>It can.</summary>
    Stable,

    /// <summary>Prometheus has it behind a feature flag; it is refused here.</summary>
    Experimental,

    /// <summary>It has a meaning for native histograms only; it is refused here.</summary>
    NativeHistogram,

    /// <summary>There is none of that name.</summary>
    Unknown,
}
