namespace SriovPulse.Agent.Otlp;

/// <summary>What flags and the configuration file say about OTLP; null is what they do not say. <see cref="OtlpConfiguration.Resolve"/> fills the gaps.</summary>
internal sealed record OtlpOptions
{
    /// <summary>Where to push. Over HTTP <c>v1/metrics</c> is appended; over gRPC there is no path.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>How to push.</summary>
    public OtlpProtocol? Protocol { get; init; }

    /// <summary>Time from one export to the next.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>How long one request may take.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Sent with each request.</summary>
    public IReadOnlyCollection<KeyValuePair<string, string>>? Headers { get; init; }

    /// <summary>PEM file of the authorities that may have signed the server's certificate, instead of the system's.</summary>
    public string? CaFile { get; init; }

    /// <summary>PEM file of the certificate, with its chain, by which the agent shows who it is.</summary>
    public string? ClientCertificateFile { get; init; }

    /// <summary>PEM file of that certificate's key.</summary>
    public string? ClientKeyFile { get; init; }

    /// <summary>Compression of requests.</summary>
    public OtlpCompression? Compression { get; init; }

    /// <summary>Added to the agent's own resource attributes, and winning over them.</summary>
    public IReadOnlyCollection<KeyValuePair<string, string>>? ResourceAttributes { get; init; }
}
