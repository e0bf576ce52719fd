using System.Net.Security;
using System.Security.Authentication;
using SriovPulse.Agent.Configuration;
using SriovPulse.Agent.Serving.WebConfig;

namespace SriovPulse.Agent.Tests.Serving.WebConfig;

public sealed class WebConfigurationReaderTests
{
    private const string Hash = "$2y$10$X0h1gDsPszWURQaxFh.zoubFi6DXncSjhoQNJgRrnGs7EsimhC7zG";

    [Fact]
    public void Whole_format_is_read()
    {
        var configuration = Read($$"""
            tls_server_config:
              cert_file: server.crt
              key_file: /keys/server.key
              client_auth_type: RequireAndVerifyClientCert
              client_ca_file: ca.crt
              client_allowed_sans: [a.example, 10.0.0.1]
              min_version: TLS13
              max_version: TLS13
              cipher_suites: [TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256]
              prefer_server_cipher_suites: true
            http_server_config:
              http2: false
              headers:
                X-Frame-Options: deny
                Strict-Transport-Security: max-age=1
            basic_auth_users:
              alice: {{Hash}}
            rate_limit:
              interval: 1s
              burst: 5
            """);

        var tls = configuration.Tls!;
        Assert.Equal("/etc/agent/server.crt", tls.Certificate.File);
        Assert.Equal("/keys/server.key", tls.Key.File);
        Assert.Equal("/etc/agent/ca.crt", tls.ClientAuthorities?.File);
        Assert.Equal(ClientAuthentication.RequireAndVerifyClientCert, tls.ClientAuthentication);
        Assert.Equal(["a.example", "10.0.0.1"], tls.ClientAllowedNames);
        Assert.Equal(SslProtocols.Tls13, tls.Protocols);
        Assert.Equal([TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256], tls.CipherSuites);
        Assert.False(configuration.Http2);
        Assert.Equal(["X-Frame-Options", "Strict-Transport-Security"], configuration.Headers.Select(header => header.Key));
        Assert.Equal(Hash, configuration.Users["alice"]);
        Assert.Equal(new RateLimit(TimeSpan.FromSeconds(1), 5), configuration.RateLimit);
    }

    [Theory]
    [InlineData("")]
    [InlineData("tls_server_config:\nbasic_auth_users: {}\n")]
    public void Empty_file_is_plain_HTTP_for_everybody(string text)
    {
        var configuration = Read(text);

        Assert.Null(configuration.Tls);
        Assert.Empty(configuration.Users);
        Assert.True(configuration.Http2);
        Assert.Null(configuration.RateLimit);
    }

    [Theory]
    [InlineData("NoClientCert")]
    [InlineData("RequestClientCert")]
    [InlineData("RequireAnyClientCert")]
    [InlineData("VerifyClientCertIfGiven")]
    [InlineData("RequireAndVerifyClientCert")]
    public void Go_names_of_client_authentication_are_known(string name) => Assert.Equal(
        name, Read($"tls_server_config: {{cert: c, key: k, client_auth_type: {name}}}").Tls?.ClientAuthentication.ToString());

    [Fact]
    public void Old_name_of_client_authentication_is_known() => Assert.Equal(
        ClientAuthentication.RequireAnyClientCert, Read("tls_server_config: {cert: c, key: k, client_auth_type: RequireClientCert}").Tls?.ClientAuthentication);

    [Theory]
    [InlineData("tls_server_confg: {}", "w.yml:1:1: unknown key tls_server_confg (did you mean tls_server_config?)")]
    [InlineData("tls_server_config: {cert_file: c}", "w.yml:1:20: tls_server_config: TLS needs a certificate and its key")]
    [InlineData("tls_server_config:\n  certfile: c\n", "w.yml:2:3: unknown key tls_server_config.certfile (did you mean cert_file?)")]
    [InlineData("tls_server_config: {cert: c, key: k, key_file: f}", "tls_server_config: key and key_file contradict each other")]
    [InlineData("tls_server_config: {cert: c, key: k, client_ca_file: f}", "client_ca_file has no effect without a client_auth_type")]
    [InlineData("tls_server_config: {cert: c, key: k, client_allowed_sans: [a]}", "client_allowed_sans needs client_auth_type")]
    [InlineData("tls_server_config: {cert: c, key: k, client_auth_type: Sometimes}", "expected one of NoClientCert, RequestClientCert")]
    [InlineData("tls_server_config: {cert: c, key: k, min_version: TLS10}", "expected TLS12 or TLS13")]
    [InlineData("tls_server_config: {cert: c, key: k, min_version: TLS13, max_version: TLS12}", "min_version is above max_version")]
    [InlineData("tls_server_config: {cert: c, key: k, cipher_suites: [TLS_RSA_WITH_RC4_128_SHA]}", "unknown cipher suite TLS_RSA_WITH_RC4_128_SHA")]
    [InlineData("tls_server_config: {cert: c, key: k, cipher_suites: TLS_AES_128_GCM_SHA256}", "cipher_suites: expected a list")]
    [InlineData("tls_server_config: {cert: c, key: k, curve_preferences: [X25519]}", "curve_preferences: curves cannot be chosen here")]
    [InlineData("tls_server_config: {cert: c, key: k, prefer_server_cipher_suites: 1}", "expected true or false")]
    [InlineData("http_server_config: {http2: on}", "w.yml:1:29: http_server_config.http2: expected true or false, found \"on\"")]
    [InlineData("http_server_config: {headers: {Set-Cookie: a}}", "w.yml:1:44: http_server_config.headers.Set-Cookie: this header cannot be set here")]
    [InlineData("http_server_config: {headers: {X-Frame-Options: never}}", "expected deny or sameorigin, found \"never\"")]
    [InlineData("rate_limit: {interval: 1s}", "add burst: 1 or more")]
    [InlineData("rate_limit: {interval: soon, burst: 1}", "rate_limit.interval: expected a duration")]
    [InlineData("rate_limit: {interval: 1s, burst: -1}", "rate_limit.burst: expected a whole number")]
    public void Error_names_place_and_cure(string text, string error) => Assert.Contains(error, Errors(text).Single(), StringComparison.Ordinal);

    [Theory]
    [InlineData("secret")]
    [InlineData("$1$10$X0h1gDsPszWURQaxFh.zoubFi6DXncSjhoQNJgRrnGs7EsimhC7zG")]
    [InlineData("$2y$99$X0h1gDsPszWURQaxFh.zoubFi6DXncSjhoQNJgRrnGs7EsimhC7zG")]
    [InlineData("$2y$10$X0h1gDsPszWURQaxFh!zoubFi6DXncSjhoQNJgRrnGs7EsimhC7zG")]
    public void Password_that_is_not_hashed_is_refused_and_not_repeated(string password)
    {
        var error = Errors($"basic_auth_users:\n  alice: {password}\n").Single();

        Assert.StartsWith("w.yml:2:10: basic_auth_users.alice: expected a bcrypt hash", error.Replace("/etc/agent/", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain(password, error, StringComparison.Ordinal);
    }

    [Fact]
    public void All_errors_are_told_at_once() => Assert.Equal(3, Errors("a: 1\nhttp_server_config: {http2: x}\nbasic_auth_users: {b: c}\n").Count);

    private static WebConfiguration Read(string text) => WebConfigurationReader.Parse("/etc/agent/w.yml", text);

    private static List<string> Errors(string text) =>
        [.. Assert.Throws<ConfigurationException>(() => Read(text)).Errors.Select(error => error.ToString())];
}
