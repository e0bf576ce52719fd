namespace SriovPulse.Benchmarks.Fleets;

/// <summary>What a VF's counters and gauges say now.</summary>
internal struct VfState
{
    public double Demand;
    public double MaxRate;
    public double ReceivedBytes;
    public double ReceivedPackets;
    public double ReceivedBroadcast;
    public double ReceivedMulticast;
    public double ReceiveDropped;
    public double ReceivePeak;
    public double ReceiveSaturated;
    public double SentBytes;
    public double SentPackets;
    public double SendDropped;
    public double SendPeak;
    public double SendSaturated;
    public double Sampled;
    public bool IsDropping;
    public bool IsUp;
}
