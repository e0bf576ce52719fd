using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SriovPulse.Agent.Otlp.Transport;

/// <summary>Makes transports.</summary>
internal static class OtlpTransports
{
    /// <summary>Makes the transport that the configuration asks for.</summary>
    /// <exception cref="OtlpConfigurationException">A certificate cannot be read.</exception>
    public static IOtlpTransport Create(OtlpConfiguration configuration, string userAgent, TimeProvider clock)
    {
        string?[] named = [configuration.CaFile, configuration.ClientCertificateFile, configuration.ClientKeyFile];
        string[] files = [.. named.OfType<string>()];
        return files.Length == 0 ? CreateOnce(configuration, userAgent, clock) : new ReloadingTransport(files, () => CreateOnce(configuration, userAgent, clock));
    }

    /// <summary>Makes what opens the connections.</summary>
    /// <exception cref="OtlpConfigurationException">A certificate cannot be read.</exception>
    public static SocketsHttpHandler CreateHandler(OtlpConfiguration configuration) => new()
    {
        // A redirect would carry the headers, and so the token in them, to a place that nobody configured.
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = configuration.Timeout,

        // One connection serves all exports; now and then a new one, so that the name is resolved again.
        PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),

        // A timeout cancels an HTTP/2 stream but keeps its connection. Without pings one to a vanished peer would fail every export until TCP gives up.
        KeepAlivePingDelay = PingDelay(configuration.Timeout),
        KeepAlivePingTimeout = PingDelay(configuration.Timeout),
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        SslOptions = CreateTls(configuration),
    };

    // SocketsHttpHandler takes no less than a second.
    private static TimeSpan PingDelay(TimeSpan timeout) => timeout < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : timeout;

    private static IOtlpTransport CreateOnce(OtlpConfiguration configuration, string userAgent, TimeProvider clock)
    {
        var handler = new UserAgentHandler(userAgent, CreateHandler(configuration));
        return configuration.Protocol == OtlpProtocol.Grpc ? new OtlpGrpcTransport(configuration, handler, clock) : new OtlpHttpTransport(configuration, handler, clock);
    }

    private static SslClientAuthenticationOptions CreateTls(OtlpConfiguration configuration)
    {
        var options = new SslClientAuthenticationOptions();
        if (configuration.CaFile is { } caFile)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            Read("CA file", caFile, () => policy.CustomTrustStore.ImportFromPemFile(caFile));
            if (policy.CustomTrustStore.Count == 0)
            {
                throw new OtlpConfigurationException($"OTLP CA file {caFile} has no certificate in it: it must be PEM, with BEGIN CERTIFICATE");
            }

            options.CertificateChainPolicy = policy;
        }

        if (configuration is { ClientCertificateFile: { } certificateFile, ClientKeyFile: { } keyFile })
        {
            Read("client certificate or key", $"{certificateFile}, {keyFile}", () => options.ClientCertificateContext = LoadClient(certificateFile, keyFile));
        }

        return options;
    }

    // The certificates after the first are the chain that the server may need.
    private static SslStreamCertificateContext LoadClient(string certificateFile, string keyFile)
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(certificateFile);
        return SslStreamCertificateContext.Create(X509Certificate2.CreateFromPemFile(certificateFile, keyFile), chain, offline: true);
    }

    private static void Read(string what, string where, Action read)
    {
        try
        {
            read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new OtlpConfigurationException($"OTLP {what} {where} cannot be read: {e.Message}", e);
        }
    }
}
