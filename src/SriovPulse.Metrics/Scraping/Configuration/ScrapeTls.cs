namespace SriovPulse.Metrics.Scraping.Configuration;

/// <summary><c>tls_config</c>. Files are PEM.</summary>
public sealed record ScrapeTls
{
    /// <summary><c>ca_file</c>: certificates that a target's must lead to; null for the system's.</summary>
    public string? CaFile { get; init; }

    /// <summary><c>cert_file</c>: the certificate shown to targets.</summary>
    public string? CertificateFile { get; init; }

    /// <summary><c>key_file</c>: its key.</summary>
    public string? KeyFile { get; init; }

    /// <summary><c>server_name</c>: the name expected in a target's certificate; null for the target's own. The name sent in the handshake stays that of the address.</summary>
    public string? ServerName { get; init; }

    /// <summary><c>insecure_skip_verify</c>: whether any certificate will do.</summary>
    public bool InsecureSkipVerify { get; init; }
}
