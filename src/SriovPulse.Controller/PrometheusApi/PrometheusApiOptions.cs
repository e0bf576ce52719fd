namespace SriovPulse.Controller.PrometheusApi;

/// <summary>What the API allows.</summary>
public sealed record PrometheusApiOptions
{
    /// <summary>Points of a series in a range query, as in Prometheus.</summary>
    public int MostPoints { get; init; } = 11_000;

    /// <summary>Bytes of a request's body.</summary>
    public long BodyLimit { get; init; } = 1 << 20;
}
