using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SriovPulse.Metrics.Scraping.Configuration;

namespace SriovPulse.Metrics.Scraping.Http;

/// <summary>Makes a job's connections. Certificates are read at each handshake, so that renewed ones count without a reload.</summary>
internal static class ScrapeHandlers
{
    // RFC 5280, 4.2.1.12: a certificate that has purposes at all must have this one.
    private static readonly Oid s_serverAuthentication = new("1.3.6.1.5.5.7.3.1");

    public static HttpMessageHandler Create(ScrapeJob job) => Create(job.Tls, job.FollowRedirects);

    [SuppressMessage("Security", "CA5359", Justification = "insecure_skip_verify asks for exactly this.")]
    public static SocketsHttpHandler Create(ScrapeTls tls, bool followRedirects)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = followRedirects,
            UseProxy = false,
            UseCookies = false,
            // Longer than any usual interval: a connection per scrape would cost both sides a handshake.
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(5),
        };
        if (tls.InsecureSkipVerify)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
        }
        else if (tls.CaFile is not null || tls.ServerName is not null)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, chain, errors) => IsTrusted(certificate, chain, errors, tls);
        }

        if (tls is { CertificateFile: { } certificateFile, KeyFile: { } keyFile })
        {
            handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
        }

        return handler;
    }

    /// <summary>Whether a certificate has the expected name and leads to an authority that is trusted.</summary>
    private static bool IsTrusted(X509Certificate? certificate, X509Chain? sent, SslPolicyErrors errors, ScrapeTls tls)
    {
        if (certificate is null || (errors & SslPolicyErrors.RemoteCertificateNotAvailable) != 0)
        {
            return false;
        }

        using var shown = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());

        // The handler compares the name with the address alone, whatever its options say.
        var isNamed = tls.ServerName is { } name ? shown.MatchesHostname(name) : (errors & SslPolicyErrors.RemoteCertificateNameMismatch) == 0;
        return isNamed && (tls.CaFile is { } caFile ? LeadsTo(shown, sent, caFile) : (errors & SslPolicyErrors.RemoteCertificateChainErrors) == 0);
    }

    private static bool LeadsTo(X509Certificate2 certificate, X509Chain? sent, string caFile)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(s_serverAuthentication);
        if (sent is not null)
        {
            // The certificates in between, which the target sent along.
            chain.ChainPolicy.ExtraStore.AddRange(sent.ChainPolicy.ExtraStore);
        }

        chain.ChainPolicy.CustomTrustStore.ImportFromPemFile(caFile);
        return chain.Build(certificate);
    }
}
