namespace SriovPulse.Agent.Configuration;

/// <summary>The saturation sampler.</summary>
internal sealed record SamplerOptions
{
    /// <summary>Sampling is never faster than this.</summary>
    public TimeSpan MinInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Largest share of time, 0 to 1, that may be spent in queries under the kernel's RTNL lock.</summary>
    public double RtnlShare { get; init; } = 0.01;

    /// <summary>Share of the limit, 0 to 1, from which on a VF or port counts as saturated.</summary>
    public double SaturationThreshold { get; init; } = 0.9;

    /// <summary>What could only be sampled more slowly than this has no saturation series.</summary>
    public TimeSpan MaxInterval { get; init; } = TimeSpan.FromSeconds(1);
}
