using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SriovPulse.Agent.Serving.WebConfig;

/// <summary>Certificates and rules for handshakes, loaded.</summary>
internal sealed class TlsServer
{
    // id-kp-clientAuth, RFC 5280 section 4.2.1.12; Go asks for it too.
    private const string ClientAuthenticationUsage = "1.3.6.1.5.5.7.3.2";

    private readonly TlsConfiguration _configuration;
    private readonly SslStreamCertificateContext _certificate;
    private readonly X509Certificate2Collection? _authorities;
    private readonly CipherSuitesPolicy? _suites;

    private TlsServer(TlsConfiguration configuration, SslStreamCertificateContext certificate, X509Certificate2Collection? authorities)
    {
        _configuration = configuration;
        _certificate = certificate;
        _authorities = authorities;
        _suites = configuration.CipherSuites is { } suites ? MakePolicy(suites, configuration.Protocols) : null;
    }

    /// <exception cref="Configuration.ConfigurationException">A certificate or key cannot be used.</exception>
    public static TlsServer Load(TlsConfiguration configuration) =>
        new(configuration, LoadCertificate(configuration), configuration.ClientAuthorities is { } authorities ? Certificates(authorities, authorities.Read()) : null);

    /// <summary>Rules for one handshake.</summary>
    public SslServerAuthenticationOptions Options() => new()
    {
        ServerCertificateContext = _certificate,
        EnabledSslProtocols = _configuration.Protocols,
        CipherSuitesPolicy = _suites,
        AllowRenegotiation = false,
        ClientCertificateRequired = _configuration.ClientAuthentication != ClientAuthentication.NoClientCert,
        CertificateChainPolicy = ClientChain(),
        RemoteCertificateValidationCallback = (_, certificate, _, errors) => Accepts(certificate, errors),
    };

    private bool Accepts(X509Certificate? certificate, SslPolicyErrors errors)
    {
        var mustBeGiven = _configuration.ClientAuthentication is ClientAuthentication.RequireAnyClientCert or ClientAuthentication.RequireAndVerifyClientCert;
        if (certificate is null)
        {
            return !mustBeGiven;
        }

        var mustBeValid = _configuration.ClientAuthentication is ClientAuthentication.VerifyClientCertIfGiven or ClientAuthentication.RequireAndVerifyClientCert;
        return !(mustBeValid && errors != SslPolicyErrors.None)
            && (_configuration.ClientAllowedNames.Count == 0
                || (certificate is X509Certificate2 full && SubjectNames.Of(full).Any(_configuration.ClientAllowedNames.Contains)));
    }

    private X509ChainPolicy ClientChain()
    {
        // Nothing is fetched from addresses that a client's certificate names.
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        policy.ApplicationPolicy.Add(new Oid(ClientAuthenticationUsage));
        if (_authorities is not null)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(_authorities);
        }

        return policy;
    }

    private static SslStreamCertificateContext LoadCertificate(TlsConfiguration configuration)
    {
        var certificates = configuration.Certificate.Read();
        var chain = Certificates(configuration.Certificate, certificates);
        var key = configuration.Key.Read();
        try
        {
            var leaf = X509Certificate2.CreateFromPem(certificates, key);
            return SslStreamCertificateContext.Create(leaf, [.. chain.Skip(1)], offline: true);
        }
        catch (CryptographicException e)
        {
            throw configuration.Key.Unusable($"it does not fit the certificate, or is not an unencrypted PEM key: {e.Message}");
        }
        catch (ArgumentException e)
        {
            throw configuration.Key.Unusable($"it does not fit the certificate: {e.Message}");
        }
    }

    private static X509Certificate2Collection Certificates(PemSource source, string text)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(text);
        }
        catch (CryptographicException e)
        {
            throw source.Unusable($"a certificate in it cannot be read: {e.Message}");
        }

        return certificates.Count > 0 ? certificates : throw source.Unusable("there is no certificate in it (-----BEGIN CERTIFICATE-----)");
    }

    private static CipherSuitesPolicy MakePolicy(IReadOnlyList<TlsCipherSuite> suites, SslProtocols protocols) =>
        new(protocols.HasFlag(SslProtocols.Tls13) ? suites.Union(CipherSuites.Tls13) : suites);
}
