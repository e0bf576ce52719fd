using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using SriovPulse.Metrics.Scraping;
using SriovPulse.Metrics.Scraping.Configuration;
using SriovPulse.Metrics.Scraping.Discovery;
using SriovPulse.Metrics.Scraping.Http;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Tests.Scraping;

/// <summary>Over real sockets, with certificates made for the occasion.</summary>
public sealed class TlsTests : IDisposable
{
    private static readonly DateTimeOffset s_from = TimeProvider.System.GetUtcNow().AddDays(-1);
    private static readonly DateTimeOffset s_to = TimeProvider.System.GetUtcNow().AddDays(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("sriovpulse-tls-").FullName;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _authority;
    private readonly X509Certificate2 _server;
    private X509Certificate2? _shown;

    public TlsTests()
    {
        _authority = Authority("CN=the right one");
        _server = Issue(_authority, "target.test", File("server.pem"), File("server.key"));
        System.IO.File.WriteAllText(File("ca.pem"), _authority.ExportCertificatePem());
        _listener.Start();
    }

    [Fact]
    public async Task A_certificate_of_the_named_authority_for_the_named_server_is_trusted() =>
        Assert.Equal("a 1\n", await FetchAsync(new ScrapeTls { CaFile = File("ca.pem"), ServerName = "target.test" }));

    [Fact]
    public async Task Another_authority_is_not()
    {
        System.IO.File.WriteAllText(File("ca.pem"), Authority("CN=a wrong one").ExportCertificatePem());

        await Refuses(new ScrapeTls { CaFile = File("ca.pem"), ServerName = "target.test" });
    }

    [Fact]
    public Task Another_name_is_not() => Refuses(new ScrapeTls { CaFile = File("ca.pem"), ServerName = "other.test" });

    [Fact]
    public Task An_authority_that_nobody_named_is_not() => Refuses(new ScrapeTls { ServerName = "target.test" });

    [Fact]
    public async Task Verification_can_be_switched_off() => Assert.Equal("a 1\n", await FetchAsync(new ScrapeTls { InsecureSkipVerify = true }));

    [Fact]
    public async Task The_own_certificate_is_shown()
    {
        using var own = Issue(_authority, "sriovpulse", File("own.pem"), File("own.key"));

        await FetchAsync(new ScrapeTls { CaFile = File("ca.pem"), ServerName = "target.test", CertificateFile = File("own.pem"), KeyFile = File("own.key") });

        Assert.Equal(own.Thumbprint, _shown?.Thumbprint);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _authority.Dispose();
        _server.Dispose();
        _shown?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string File(string name) => Path.Combine(_folder, name);

    private async Task Refuses(ScrapeTls tls)
    {
        var error = await Assert.ThrowsAsync<ScrapeException>(() => FetchAsync(tls));

        Assert.Contains("certificate", error.Message, StringComparison.OrdinalIgnoreCase);
    }

    private async Task<string> FetchAsync(ScrapeTls tls)
    {
        var serving = ServeAsync();
        var job = new ScrapeJob { Name = "j", Tls = tls };
        using var client = new ScrapeClient(job, ScrapeHandlers.Create(job));
        using var body = new ScrapeBody(0);
        var url = new Uri($"https://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/metrics");
        var target = new ScrapeTarget(Labels.Empty, url, TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(10));
        await client.FetchAsync(target, body, TestContext.Current.CancellationToken);
        await serving;
        return Encoding.UTF8.GetString(body.Bytes);
    }

    private async Task ServeAsync()
    {
        using var connection = await _listener.AcceptTcpClientAsync();
        await using var stream = new SslStream(connection.GetStream());
        try
        {
            await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
            {
                ServerCertificate = _server,
                ClientCertificateRequired = true,
                RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
                {
                    _shown = certificate is null ? null : X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
                    // Whoever it is: the client's certificate is looked at by the test.
                    return (errors & SslPolicyErrors.RemoteCertificateNameMismatch) == 0;
                },
            });
            await stream.ReadAtLeastAsync(new byte[4096], 1);
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: {ScriptedTarget.Text}\r\nContent-Length: 4\r\nConnection: close\r\n\r\na 1\n"));
        }
        catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
        {
            // The client did not like the certificate, which is what some tests are about.
        }
    }

    private static X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        return request.CreateSelfSigned(s_from, s_to);
    }

    private static X509Certificate2 Issue(X509Certificate2 authority, string name, string certificateFile, string keyFile)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(authority, s_from, s_to, RandomNumberGenerator.GetBytes(8));
        System.IO.File.WriteAllText(certificateFile, certificate.ExportCertificatePem());
        System.IO.File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        return certificate.CopyWithPrivateKey(key);
    }
}
