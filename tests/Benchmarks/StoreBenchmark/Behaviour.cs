namespace SriovPulse.Benchmarks.Store;

/// <summary>How a series' values go.</summary>
internal enum Behaviour
{
    /// <summary>A whole number that grows at a noisy rate, unless its VF idles.</summary>
    Busy,

    /// <summary>A whole number that grows now and then.</summary>
    Seldom,

    /// <summary>The same number always.</summary>
    Constant,

    /// <summary>Seconds with fractions that grow by about the interval.</summary>
    Seconds,

    /// <summary>A number that goes up and down.</summary>
    Gauge,
}
