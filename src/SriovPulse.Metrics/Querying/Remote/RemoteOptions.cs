using SriovPulse.Metrics.Scraping.Configuration;

namespace SriovPulse.Metrics.Querying.Remote;

/// <summary>How a server with Prometheus' HTTP API is asked.</summary>
public sealed record RemoteOptions
{
    /// <summary>
    /// Where its API is, without <c>/api/v1</c>: <c>http://prometheus:9090</c>, Mimir's <c>https://mimir/prometheus</c>, VictoriaMetrics'
    /// <c>http://vmselect:8481/select/0/prometheus</c>.
    /// </summary>
    public required Uri Url { get; init; }

    /// <summary>How long one attempt may take. The server is told it too, so that it does not go on with what nobody waits for.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often it is tried in all, when the server cannot be reached or is overloaded.</summary>
    public int Attempts { get; init; } = 3;

    /// <summary>The longest wait between two attempts; a server that asks for more by <c>Retry-After</c> is given up.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes that an answer may have, decompressed.</summary>
    public long AnswerLimit { get; init; } = 256L << 20;

    /// <summary>User and password, or token.</summary>
    public ScrapeCredentials? Credentials { get; init; }

    /// <summary>Certificates.</summary>
    public ScrapeTls Tls { get; init; } = new();

    /// <summary>Headers to send, such as Mimir's <c>X-Scope-OrgID</c>.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}
