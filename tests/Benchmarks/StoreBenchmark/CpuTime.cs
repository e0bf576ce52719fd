namespace SriovPulse.Benchmarks.Store;

/// <summary>CPU time of the whole process, the collector's included, since it was made.</summary>
internal readonly struct CpuTime()
{
    private readonly TimeSpan _start = Environment.CpuUsage.TotalTime;

    /// <summary>Seconds so far.</summary>
    public double Seconds => (Environment.CpuUsage.TotalTime - _start).TotalSeconds;
}
