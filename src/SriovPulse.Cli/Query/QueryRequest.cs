using SriovPulse.Metrics.Querying.Remote;

namespace SriovPulse.Cli.Query;

/// <summary>What <c>sriovpulse query</c> is asked for.</summary>
internal sealed record QueryRequest
{
    /// <summary>The expression.</summary>
    public required string Expression { get; init; }

    /// <summary>OpenMetrics file with timestamps; null when a server is asked.</summary>
    public string? DataFile { get; init; }

    /// <summary>The server; null when a file is read.</summary>
    public RemoteOptions? Server { get; init; }

    /// <summary>Time of an instant query; null for the default.</summary>
    public long? Time { get; init; }

    /// <summary>Times of a range query; null for an instant query.</summary>
    public Metrics.Querying.TimeRange? Range { get; init; }

    /// <summary>Whether the output is the API's JSON.</summary>
    public bool Json { get; init; }

    /// <summary>Whether to tell what every node yields.</summary>
    public bool Explain { get; init; }

    /// <summary>Whether to tell how the server differs from the embedded engine, instead of querying.</summary>
    public bool Probe { get; init; }
}
