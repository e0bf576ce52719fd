namespace SriovPulse.Benchmarks.Measuring;

/// <summary>What one fresh process over one tree cost.</summary>
internal sealed record Measurement
{
    public required double CpuMillisecondsPerScrape { get; init; }

    public required double MedianMilliseconds { get; init; }

    public required double P99Milliseconds { get; init; }

    public required double ResidentMebibytes { get; init; }

    public required double AnonymousMebibytes { get; init; }

    public required double FirstScrapeMilliseconds { get; init; }

    public required int KeptDescriptors { get; init; }

    public required int Threads { get; init; }

    public required double BodyKibibytes { get; init; }

    /// <summary>CPU that the process uses while nobody asks.</summary>
    public required double IdleMillisecondsPerSecond { get; init; }
}
