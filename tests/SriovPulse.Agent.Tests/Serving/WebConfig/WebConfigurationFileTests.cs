using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Runtime.Versioning;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using SriovPulse.Agent.Configuration;

namespace SriovPulse.Agent.Tests.Serving.WebConfig;

/// <summary>TLS, client certificates and basic auth over real connections.</summary>
[SupportedOSPlatform("linux")]
public sealed class WebConfigurationFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sriovpulse-");
    private readonly X509Certificate2 _server = TestCertificates.Server("first");
    private readonly X509Certificate2 _authority = TestCertificates.Authority("ca");

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        _server.Dispose();
        _authority.Dispose();
    }

    [Fact]
    public async Task Metrics_are_served_over_TLS_and_HTTP2()
    {
        await using var agent = await StartAsync(Tls());

        using var response = await SendAsync(agent, version: HttpVersion.Version20);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(HttpVersion.Version20, response.Version);
    }

    [Fact]
    public async Task HTTP2_is_switched_off()
    {
        await using var agent = await StartAsync(Tls() + "http_server_config: {http2: false}\n");

        using var response = await SendAsync(agent, version: HttpVersion.Version20);

        Assert.Equal(HttpVersion.Version11, response.Version);
    }

    [Fact]
    public async Task Plain_HTTP_is_not_answered_where_TLS_is_spoken()
    {
        await using var agent = await StartAsync(Tls());

        await Assert.ThrowsAsync<HttpRequestException>(() => agent.Client.GetAsync(new Uri("/metrics", UriKind.Relative)));
    }

    [Theory]
    [InlineData("TLS12", "TLS12", SslProtocols.Tls12, true)]
    [InlineData("TLS12", "TLS12", SslProtocols.Tls13, false)]
    [InlineData("TLS13", "TLS13", SslProtocols.Tls12, false)]
    [InlineData("TLS13", "TLS13", SslProtocols.Tls13, true)]
    [InlineData("TLS12", "TLS13", SslProtocols.Tls12, true)]
    public async Task Versions_are_bounded(string min, string max, SslProtocols offered, bool isAccepted)
    {
        await using var agent = await StartAsync(Tls($"min_version: {min}", $"max_version: {max}"));

        Assert.Equal(isAccepted, await IsAcceptedAsync(agent, protocols: offered));
    }

    [Theory]
    [InlineData(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, true)]
    [InlineData(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, false)]
    [InlineData(TlsCipherSuite.TLS_AES_128_GCM_SHA256, true)]
    public async Task Cipher_suites_are_chosen_and_those_of_TLS_1_3_stay(TlsCipherSuite offered, bool isAccepted)
    {
        await using var agent = await StartAsync(Tls("cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384]"));

        Assert.Equal(isAccepted, await IsAcceptedAsync(agent, suite: offered));
    }

    // With a certificate: none, of the right authority, of another one, of the right one but not for clients.
    [Theory]
    [InlineData("NoClientCert", true, true, true, true)]
    [InlineData("RequestClientCert", true, true, true, true)]
    [InlineData("RequireAnyClientCert", false, true, true, true)]
    [InlineData("VerifyClientCertIfGiven", true, true, false, false)]
    [InlineData("RequireAndVerifyClientCert", false, true, false, false)]
    public async Task Client_certificates_are_asked_for_and_verified(string type, bool none, bool right, bool other, bool notForClients)
    {
        using var otherAuthority = TestCertificates.Authority("other");
        using var rightClient = TestCertificates.Client("client", _authority);
        using var otherClient = TestCertificates.Client("client", otherAuthority);
        using var server = TestCertificates.ServerUsageClient("client", _authority);
        var authorities = type == "NoClientCert" ? "min_version: TLS12" : $"client_ca_file: {Write("ca.crt", _authority.ExportCertificatePem())}";
        await using var agent = await StartAsync(Tls($"client_auth_type: {type}", authorities));

        Assert.Equal(none, await IsAcceptedAsync(agent));
        Assert.Equal(right, await IsAcceptedAsync(agent, rightClient));
        Assert.Equal(other, await IsAcceptedAsync(agent, otherClient));
        Assert.Equal(notForClients, await IsAcceptedAsync(agent, server));
    }

    [Theory]
    [InlineData("client.example", true)]
    [InlineData("client@example", true)]
    [InlineData("spiffe://example/client", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("other.example", false)]
    public async Task Client_is_known_by_a_subject_alternative_name(string name, bool isAccepted)
    {
        using var client = TestCertificates.Client("client", _authority);
        await using var agent = await StartAsync(Tls(
            "client_auth_type: RequireAndVerifyClientCert", $"client_ca_file: {Write("ca.crt", _authority.ExportCertificatePem())}", $"client_allowed_sans: [\"{name}\"]"));

        Assert.Equal(isAccepted, await IsAcceptedAsync(agent, client));
    }

    [Fact]
    public async Task Renewed_certificate_is_shown_without_a_restart_and_a_bad_one_is_not()
    {
        await using var agent = await StartAsync(Tls());
        Assert.Equal("CN=first", await ShownAsync(agent));

        using var second = TestCertificates.Server("second");
        Write("server.key", second.KeyPem());
        Write("server.crt", second.ExportCertificatePem());
        Assert.Equal("CN=second", await ShownAsync(agent));
        Assert.Equal(1, await agent.OwnAsync("sriovpulse_agent_web_config_last_reload_successful"));

        using var third = TestCertificates.Server("third");
        Write("server.crt", third.ExportCertificatePem());
        Assert.Equal("CN=second", await ShownAsync(agent));
        Assert.Equal(0, await agent.OwnAsync("sriovpulse_agent_web_config_last_reload_successful"));
        Assert.Contains("tls_server_config.key_file: it does not fit the certificate", agent.Log, StringComparison.Ordinal);

        Write("server.key", third.KeyPem());
        Assert.Equal("CN=third", await ShownAsync(agent));
        Assert.Equal(1, await agent.OwnAsync("sriovpulse_agent_web_config_last_reload_successful"));
    }

    [Fact]
    public async Task Certificate_behind_a_link_is_renewed_when_the_link_is_swapped_as_Kubernetes_does()
    {
        using var second = TestCertificates.Server("second");
        foreach (var (name, certificate) in new[] { ("one", _server), ("two", second) })
        {
            var folder = _folder.CreateSubdirectory(name).FullName;
            await File.WriteAllTextAsync(Path.Combine(folder, "tls.crt"), certificate.ExportCertificatePem());
            await File.WriteAllTextAsync(Path.Combine(folder, "tls.key"), certificate.KeyPem());
        }

        var link = Path.Combine(_folder.FullName, "..data");
        Directory.CreateSymbolicLink(link, "one");
        await using var agent = await StartAsync("tls_server_config: {cert_file: ..data/tls.crt, key_file: ..data/tls.key}\n");
        Assert.Equal("CN=first", await ShownAsync(agent));

        File.Delete(link);
        Directory.CreateSymbolicLink(link, "two");

        Assert.Equal("CN=second", await ShownAsync(agent));
    }

    [Fact]
    public async Task Users_log_in_and_out_by_changes_of_the_file()
    {
        var config = Users(("alice", "a"));
        await using var agent = await StartAsync(config);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(agent, "/metrics", "alice", "a"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(agent, "/metrics", "alice", "b"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(agent, "/metrics", "bob", "a"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(agent, "/metrics", null, null));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(agent, "/-/healthy", null, null));

        Write("web.yml", Users(("alice", "a"), ("bob", "b")));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(agent, "/metrics", "bob", "b"));

        Write("web.yml", "basic_auth_users: [nonsense\n");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(agent, "/metrics", "bob", "b"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(agent, "/metrics", null, null));
        Assert.Contains("the last good one stays", agent.Log, StringComparison.Ordinal);

        File.Delete(Path.Combine(_folder.FullName, "web.yml"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(agent, "/metrics", null, null));
    }

    [Fact]
    public async Task Whoever_is_refused_is_told_how_to_log_in()
    {
        await using var agent = await StartAsync(Users(("alice", "a")));

        using var response = await agent.GetAsync("/metrics");

        Assert.Equal("Basic", response.Headers.WwwAuthenticate.Single().Scheme);
        Assert.Equal(1, await agent.OwnAsync("sriovpulse_agent_http_requests_total{handler=\"refused\",code=\"401\"}"));
    }

    [Fact]
    public async Task Headers_are_added_to_every_answer()
    {
        await using var agent = await StartAsync("http_server_config: {headers: {X-Frame-Options: deny}}\n");

        foreach (var path in (string[])["/metrics", "/", "/nothing"])
        {
            using var response = await agent.GetAsync(path);
            Assert.Equal(["deny"], response.Headers.GetValues("X-Frame-Options"));
        }
    }

    [Fact]
    public async Task Rate_is_limited()
    {
        await using var agent = await StartAsync("rate_limit: {interval: 1h, burst: 2}\n");

        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 3; i++)
        {
            using var response = await agent.GetAsync("/-/healthy");
            statuses.Add(response.StatusCode);
        }

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests], statuses);
    }

    [Fact]
    public async Task TLS_is_not_lost_by_a_change_of_the_file()
    {
        await using var agent = await StartAsync(Tls());

        Write("web.yml", Users(("alice", "a")));

        Assert.True(await IsAcceptedAsync(agent));
        Assert.Contains("TLS is switched on or off only by a restart", agent.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("server.crt", "no certificate", "tls_server_config.cert_file: there is no certificate in it")]
    [InlineData("server.crt", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "tls_server_config.cert_file: a certificate in it cannot be read")]
    [InlineData("server.key", "no key", "tls_server_config.key_file: it does not fit the certificate")]
    [InlineData("server.key", null, "tls_server_config.key_file: Could not find file")]
    public async Task Unusable_files_stop_the_start_and_are_named(string file, string? content, string error)
    {
        var config = Tls();
        var path = Path.Combine(_folder.FullName, file);
        if (content is null)
        {
            File.Delete(path);
        }
        else
        {
            await File.WriteAllTextAsync(path, content);
        }

        var exception = await Assert.ThrowsAsync<ConfigurationException>(() => StartAsync(config));

        Assert.Contains(error, exception.Message, StringComparison.Ordinal);
        Assert.Matches("web.yml:[0-9]+:[0-9]+: ", exception.Message);
    }

    private static string Users(params (string Name, string Password)[] users) =>
        "basic_auth_users:\n" + string.Concat(users.Select(user => $"  {user.Name}: {BCrypt.Net.BCrypt.HashPassword(user.Password, 4)}\n"));

    private static async Task<HttpStatusCode> StatusAsync(TestAgent agent, string path, string? user, string? password)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (user is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
        }

        using var response = await agent.Client.SendAsync(request);
        return response.StatusCode;
    }

    private async Task<bool> IsAcceptedAsync(
        TestAgent agent, X509Certificate2? client = null, SslProtocols protocols = SslProtocols.None, TlsCipherSuite? suite = null)
    {
        try
        {
            using var response = await SendAsync(agent, client, protocols, suite);
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            // A refusal shows in the handshake, or with TLS 1.3 when the first answer is read.
            return false;
        }
    }

    private static async Task<string> ShownAsync(TestAgent agent)
    {
        var shown = string.Empty;
        using var handler = Handler(certificate =>
        {
            shown = certificate.Subject;
            return true;
        });
        using var client = new HttpClient(handler);
        await client.GetStringAsync(new Uri($"https://127.0.0.1:{agent.Address.Port}/-/healthy"));
        return shown;
    }

    private async Task<HttpResponseMessage> SendAsync(
        TestAgent agent, X509Certificate2? client = null, SslProtocols protocols = SslProtocols.None, TlsCipherSuite? suite = null, Version? version = null)
    {
        using var handler = Handler(certificate => certificate.Equals(_server));
        handler.SslOptions.EnabledSslProtocols = protocols;
        if (client is not null)
        {
            handler.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(client, null, offline: true);
        }

        if (suite is { } one)
        {
            handler.SslOptions.CipherSuitesPolicy = new CipherSuitesPolicy([one]);
        }

        using var http = new HttpClient(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"https://127.0.0.1:{agent.Address.Port}/metrics"))
        {
            Version = version ?? HttpVersion.Version11,
        };
        return await http.SendAsync(request);
    }

    private static SocketsHttpHandler Handler(Func<X509Certificate, bool> trusts) =>
        new() { SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null && trusts(certificate) } };

    private Task<TestAgent> StartAsync(string config) => TestAgent.StartAsync(new WebOptions { ConfigFile = Write("web.yml", config) });

    private string Tls(params string[] more)
    {
        Write("server.crt", _server.ExportCertificatePem());
        Write("server.key", _server.KeyPem());
        return "tls_server_config:\n  cert_file: server.crt\n  key_file: server.key\n" + string.Concat(more.Select(line => $"  {line}\n"));
    }

    private string Write(string name, string content)
    {
        var path = Path.Combine(_folder.FullName, name);
        var before = File.Exists(path) ? File.GetLastWriteTimeUtc(path) : default;
        File.WriteAllText(path, content);

        // Two changes within one tick of the file system's clock are no change; people are slower than that.
        if (File.GetLastWriteTimeUtc(path) == before)
        {
            File.SetLastWriteTimeUtc(path, before.AddMilliseconds(10));
        }

        return path;
    }
}
