namespace SriovPulse.Agent.Serving.WebConfig;

/// <summary>What a web configuration file says; the format is that of Prometheus' exporter-toolkit, docs/web-configuration.md.</summary>
internal sealed record WebConfiguration
{
    /// <summary>Null for plain HTTP.</summary>
    public TlsConfiguration? Tls { get; init; }

    /// <summary>Whether HTTP/2 is spoken; over TLS only.</summary>
    public bool Http2 { get; init; } = true;

    /// <summary>Headers added to each response.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>bcrypt hashes of the passwords by user; nobody has to log in when there are none.</summary>
    public IReadOnlyDictionary<string, string> Users { get; init; } = new Dictionary<string, string>();

    /// <summary>Null for no limit.</summary>
    public RateLimit? RateLimit { get; init; }
}
