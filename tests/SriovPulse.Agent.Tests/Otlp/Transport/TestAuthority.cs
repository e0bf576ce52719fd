using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SriovPulse.Agent.Tests.Otlp.Transport;

/// <summary>A certificate authority of a test, with its files in a folder of its own.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _certificate;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sriovpulse-otlp-");

    public TestAuthority()
    {
        var request = new CertificateRequest("CN=authority " + Guid.NewGuid(), _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(30), DateTimeOffset.UnixEpoch.AddYears(130));
        CaFile = Write("ca.pem", _certificate.ExportCertificatePem());
    }

    public string CaFile { get; }

    public X509Certificate2 Server(string name = "localhost")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var issued = Issue("CN=server", key, name);
        using var whole = issued.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>Writes a certificate and its key, over those before; gives the thumbprint.</summary>
    public string WriteClient(out string certificateFile, out string keyFile)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var issued = Issue("CN=client", key, null);
        certificateFile = Write("client.pem", issued.ExportCertificatePem());
        keyFile = Write("client.key", key.ExportPkcs8PrivateKeyPem());
        return issued.Thumbprint;
    }

    public string Write(string name, string content)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, content);
        return path;
    }

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        _certificate.Dispose();
        _key.Dispose();
    }

    private X509Certificate2 Issue(string subject, ECDsa key, string? dnsName)
    {
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        if (dnsName is not null)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(dnsName);
            names.AddIpAddress(IPAddress.Loopback);
            request.CertificateExtensions.Add(names.Build());
        }

        return request.Create(_certificate, _certificate.NotBefore, _certificate.NotAfter, RandomNumberGenerator.GetBytes(8));
    }
}
