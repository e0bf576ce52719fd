using SriovPulse.Agent.Otlp;
using SriovPulse.Agent.Otlp.Transport;

namespace SriovPulse.Agent.Tests.Otlp.Transport;

public sealed class OtlpTlsTests : IDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly ExampleMetrics _metrics = new();

    public void Dispose() => _authority.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Server_that_the_ca_file_vouches_for_is_trusted(bool grpc)
    {
        using var certificate = _authority.Server();
        await using var server = await OtlpServer.StartAsync(grpc, certificate);
        using var transport = Create(OtlpSettings.For(server.Address, grpc) with { CaFile = _authority.CaFile });

        Assert.Equal(new OtlpOutcome(OtlpVerdict.Accepted), await SendAsync(transport));

        Assert.Equal(grpc ? "HTTP/2" : "HTTP/1.1", (await server.NextAsync()).HttpVersion);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Server_of_another_authority_gets_nothing(bool grpc)
    {
        using var other = new TestAuthority();
        using var certificate = _authority.Server();
        await using var server = await OtlpServer.StartAsync(grpc, certificate);
        using var transport = Create(OtlpSettings.For(server.Address, grpc) with { CaFile = other.CaFile });

        var outcome = await SendAsync(transport);

        Assert.Equal(OtlpVerdict.Retryable, outcome.Verdict);
        Assert.Contains("certificate", outcome.Message, StringComparison.Ordinal);
        Assert.Empty(server.Received);
    }

    [Fact]
    public async Task Server_of_another_name_gets_nothing()
    {
        using var certificate = _authority.Server("elsewhere.example");
        await using var server = await OtlpServer.StartAsync(certificate: certificate);
        using var transport = Create(OtlpSettings.For(server.Address) with { CaFile = _authority.CaFile });

        var outcome = await SendAsync(transport);

        Assert.Equal(OtlpVerdict.Retryable, outcome.Verdict);
        Assert.Contains("RemoteCertificateNameMismatch", outcome.Message, StringComparison.Ordinal);
        Assert.Empty(server.Received);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Client_certificate_is_shown_and_its_renewal_seen(bool grpc)
    {
        using var certificate = _authority.Server();
        await using var server = await OtlpServer.StartAsync(grpc, certificate, askForClientCertificate: true);
        var first = _authority.WriteClient(out var certificateFile, out var keyFile);
        using var transport = Create(OtlpSettings.For(server.Address, grpc) with
        {
            CaFile = _authority.CaFile, ClientCertificateFile = certificateFile, ClientKeyFile = keyFile,
        });

        Assert.Equal(OtlpVerdict.Accepted, (await SendAsync(transport)).Verdict);
        Assert.Equal(first, (await server.NextAsync()).ClientCertificate);

        var second = _authority.WriteClient(out _, out _);
        File.SetLastWriteTimeUtc(certificateFile, DateTime.UnixEpoch.AddYears(60));
        Assert.NotEqual(first, second);
        Assert.Equal(OtlpVerdict.Accepted, (await SendAsync(transport)).Verdict);
        Assert.Equal(second, (await server.NextAsync()).ClientCertificate);
    }

    [Fact]
    public async Task Renewal_that_cannot_be_read_leaves_the_old_certificate_in_use_and_is_told_when_something_fails()
    {
        using var certificate = _authority.Server();
        await using var server = await OtlpServer.StartAsync(certificate: certificate, askForClientCertificate: true);
        var thumbprint = _authority.WriteClient(out var certificateFile, out var keyFile);
        using var transport = Create(OtlpSettings.For(server.Address) with
        {
            CaFile = _authority.CaFile, ClientCertificateFile = certificateFile, ClientKeyFile = keyFile,
        });
        Assert.Equal(OtlpVerdict.Accepted, (await SendAsync(transport)).Verdict);
        await server.NextAsync();

        File.WriteAllText(certificateFile, "half a certific");
        File.SetLastWriteTimeUtc(certificateFile, DateTime.UnixEpoch.AddYears(60));
        Assert.Equal(OtlpVerdict.Accepted, (await SendAsync(transport)).Verdict);
        Assert.Equal(thumbprint, (await server.NextAsync()).ClientCertificate);

        server.Answer(new OtlpAnswer { HttpStatus = 401 });
        Assert.Contains(certificateFile, (await SendAsync(transport)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----", "cannot be read")]
    [InlineData("nothing here", "has no certificate")]
    public void Unusable_ca_file_is_named(string content, string message)
    {
        var path = _authority.Write("bad.pem", content);

        var error = Assert.Throws<OtlpConfigurationException>(() => Create(OtlpSettings.For(new Uri("https://localhost")) with { CaFile = path }));

        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_ca_file_is_named()
    {
        var path = _authority.CaFile + ".not-there";

        var error = Assert.Throws<OtlpConfigurationException>(() => Create(OtlpSettings.For(new Uri("https://localhost")) with { CaFile = path }));

        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Key_that_does_not_fit_the_certificate_is_named()
    {
        _authority.WriteClient(out var certificateFile, out var keyFile);
        var certificate = File.ReadAllText(certificateFile);
        _authority.WriteClient(out _, out _);
        File.WriteAllText(certificateFile, certificate);
        var configuration = OtlpSettings.For(new Uri("https://localhost")) with { ClientCertificateFile = certificateFile, ClientKeyFile = keyFile };

        Assert.Contains(keyFile, Assert.Throws<OtlpConfigurationException>(() => Create(configuration)).Message, StringComparison.Ordinal);
    }

    private static IOtlpTransport Create(OtlpConfiguration configuration) => OtlpTransports.Create(configuration, "t", TimeProvider.System);

    private ValueTask<OtlpOutcome> SendAsync(IOtlpTransport transport)
    {
        _metrics.Samples.Clear();
        _metrics.Samples.Add(_metrics.Up, ExampleMetrics.Vf(0), true);
        var encoder = Decoded.Encoder();
        encoder.Encode(_metrics.Snapshot());
        return transport.SendAsync(encoder.Request(0), CancellationToken.None);
    }
}
