namespace SriovPulse.Benchmarks.Fleets;

/// <summary>What a PF's port says now.</summary>
internal struct PfState
{
    public double Speed;
    public double ReceivedBytes;
    public double SentBytes;
    public double Saturated;
    public double Sampled;
}
