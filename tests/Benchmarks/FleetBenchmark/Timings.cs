namespace SriovPulse.Benchmarks.Fleets;

/// <summary>How long one expression took, round by round.</summary>
internal sealed class Timings
{
    /// <summary>Prometheus, milliseconds until its whole answer was there.</summary>
    public List<double> Prometheus { get; } = [];

    /// <summary>The controller's API, milliseconds until its whole answer was there.</summary>
    public List<double> Api { get; } = [];

    /// <summary>The engine alone, milliseconds.</summary>
    public List<double> Engine { get; } = [];

    /// <summary>Milliseconds of Prometheus' CPU, all rounds together.</summary>
    public double PrometheusCpu { get; set; }

    /// <summary>Milliseconds of CPU of the API and of the client that reads its answer, all rounds together.</summary>
    public double ApiCpu { get; set; }
}
