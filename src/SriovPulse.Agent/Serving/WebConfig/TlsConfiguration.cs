using System.Net.Security;
using System.Security.Authentication;

namespace SriovPulse.Agent.Serving.WebConfig;

/// <summary>The section <c>tls_server_config</c>. PEM texts are in files or in the configuration itself.</summary>
internal sealed record TlsConfiguration
{
    public required PemSource Certificate { get; init; }

    public required PemSource Key { get; init; }

    public ClientAuthentication ClientAuthentication { get; init; }

    /// <summary>Authorities for clients' certificates; null for the system's.</summary>
    public PemSource? ClientAuthorities { get; init; }

    /// <summary>A client's certificate has at least one of these as a subject alternative name; empty for any.</summary>
    public IReadOnlyList<string> ClientAllowedNames { get; init; } = [];

    public SslProtocols Protocols { get; init; } = SslProtocols.Tls12 | SslProtocols.Tls13;

    /// <summary>Null for the defaults.</summary>
    public IReadOnlyList<TlsCipherSuite>? CipherSuites { get; init; }
}
