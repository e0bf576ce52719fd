using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using SriovPulse.Metrics.Scraping.Configuration;

namespace SriovPulse.Metrics.Scraping.Http;

/// <summary>Makes a job's connections. Certificates are read at each handshake, so that renewed ones count without a reload.</summary>
internal static class ScrapeHandlers
{
    [SuppressMessage("Security", "CA5359", Justification = "insecure_skip_verify asks for exactly this.")]
    public static HttpMessageHandler Create(ScrapeJob job)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = job.FollowRedirects,
            UseProxy = false,
            UseCookies = false,
            // Longer than any usual interval: a connection per scrape would cost both sides a handshake.
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(5),
        };
        var tls = job.Tls;
        handler.SslOptions.TargetHost = tls.ServerName;
        if (tls.InsecureSkipVerify)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
        }
        else if (tls.CaFile is { } caFile)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, errors) => IsTrusted(certificate, errors, caFile);
        }

        if (tls is { CertificateFile: { } certificateFile, KeyFile: { } keyFile })
        {
            handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
        }

        return handler;
    }

    /// <summary>Whether a certificate leads to one in the file; its name was compared already.</summary>
    private static bool IsTrusted(X509Certificate? certificate, SslPolicyErrors errors, string caFile)
    {
        if ((errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != 0 || certificate is null)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.ImportFromPemFile(caFile);
        using var checkedCertificate = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        return chain.Build(checkedCertificate);
    }
}
