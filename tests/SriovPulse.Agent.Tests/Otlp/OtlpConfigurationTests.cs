using SriovPulse.Agent.Otlp;

namespace SriovPulse.Agent.Tests.Otlp;

public sealed class OtlpConfigurationTests
{
    [Fact]
    public void Nothing_is_pushed_when_nobody_names_an_endpoint() =>
        Assert.Null(Resolve(new OtlpOptions { Protocol = OtlpProtocol.Grpc }, ("OTEL_EXPORTER_OTLP_HEADERS", "a=b"), ("OTEL_EXPORTER_OTLP_ENDPOINT", "")));

    [Fact]
    public void Defaults_are_those_of_the_specification()
    {
        var configuration = Resolve(new OtlpOptions { Endpoint = new Uri("http://collector:4318") })!;

        Assert.Equal(new Uri("http://collector:4318/v1/metrics"), configuration.Endpoint);
        Assert.Equal(OtlpProtocol.HttpProtobuf, configuration.Protocol);
        Assert.Equal(TimeSpan.FromSeconds(60), configuration.Interval);
        Assert.Equal(TimeSpan.FromSeconds(10), configuration.Timeout);
        Assert.Equal(OtlpCompression.None, configuration.Compression);
        Assert.Empty(configuration.Headers);
        Assert.Empty(configuration.ResourceAttributes);
        Assert.Null(configuration.CaFile);
    }

    [Fact]
    public void Environment_fills_what_is_not_given()
    {
        var configuration = Resolve(
            new OtlpOptions(),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "https://collector:4317"),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"),
            ("OTEL_EXPORTER_OTLP_HEADERS", "authorization=Bearer%20x, tenant = t "),
            ("OTEL_EXPORTER_OTLP_TIMEOUT", "2500"),
            ("OTEL_EXPORTER_OTLP_COMPRESSION", "gzip"),
            ("OTEL_EXPORTER_OTLP_CERTIFICATE", "/ca.pem"),
            ("OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE", "/c.pem"),
            ("OTEL_EXPORTER_OTLP_CLIENT_KEY", "/k.pem"),
            ("OTEL_METRIC_EXPORT_INTERVAL", "15000"),
            ("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=lab,service.name=x"),
            ("OTEL_SERVICE_NAME", "agents"))!;

        Assert.Equal(new Uri("https://collector:4317"), configuration.Endpoint);
        Assert.Equal(OtlpProtocol.Grpc, configuration.Protocol);
        Assert.Equal([new("authorization", "Bearer x"), new("tenant", "t")], configuration.Headers);
        Assert.Equal(TimeSpan.FromSeconds(2.5), configuration.Timeout);
        Assert.Equal(OtlpCompression.Gzip, configuration.Compression);
        Assert.Equal(("/ca.pem", "/c.pem", "/k.pem"), (configuration.CaFile, configuration.ClientCertificateFile, configuration.ClientKeyFile));
        Assert.Equal(TimeSpan.FromSeconds(15), configuration.Interval);
        Assert.Equal([new("deployment.environment.name", "lab"), new("service.name", "x"), new("service.name", "agents")], configuration.ResourceAttributes);
    }

    [Fact]
    public void Variable_for_metrics_wins_over_the_one_for_all()
    {
        var configuration = Resolve(
            new OtlpOptions(),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://all:1"),
            ("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "http://metrics:2/push"),
            ("OTEL_EXPORTER_OTLP_HEADERS", "a=all"),
            ("OTEL_EXPORTER_OTLP_METRICS_HEADERS", "a=metrics"),
            ("OTEL_EXPORTER_OTLP_TIMEOUT", "1"),
            ("OTEL_EXPORTER_OTLP_METRICS_TIMEOUT", "2000"),
            ("OTEL_EXPORTER_OTLP_COMPRESSION", "gzip"),
            ("OTEL_EXPORTER_OTLP_METRICS_COMPRESSION", "none"))!;

        Assert.Equal(new Uri("http://metrics:2/push"), configuration.Endpoint);
        Assert.Equal([new("a", "metrics")], configuration.Headers);
        Assert.Equal(TimeSpan.FromSeconds(2), configuration.Timeout);
        Assert.Equal(OtlpCompression.None, configuration.Compression);
    }

    [Fact]
    public void Flag_wins_over_the_environment()
    {
        var configuration = Resolve(
            new OtlpOptions
            {
                Endpoint = new Uri("http://flag:1/base/"), Protocol = OtlpProtocol.HttpProtobuf, Headers = [], Interval = TimeSpan.FromSeconds(5),
                ResourceAttributes = [new("a", "flag")],
            },
            ("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "http://metrics:2/push"),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"),
            ("OTEL_EXPORTER_OTLP_HEADERS", "a=b"),
            ("OTEL_METRIC_EXPORT_INTERVAL", "15000"),
            ("OTEL_RESOURCE_ATTRIBUTES", "a=variable,b=variable"))!;

        Assert.Equal(new Uri("http://flag:1/base/v1/metrics"), configuration.Endpoint);
        Assert.Equal(OtlpProtocol.HttpProtobuf, configuration.Protocol);
        Assert.Empty(configuration.Headers);
        Assert.Equal(TimeSpan.FromSeconds(5), configuration.Interval);
        Assert.Equal([new("a", "variable"), new("b", "variable"), new("a", "flag")], configuration.ResourceAttributes);
    }

    [Theory]
    [InlineData("OTEL_SDK_DISABLED", "TRUE")]
    [InlineData("OTEL_METRICS_EXPORTER", "none")]
    public void Environment_that_wants_no_telemetry_gets_none_unless_a_flag_names_an_endpoint(string name, string value)
    {
        Assert.Null(Resolve(new OtlpOptions(), ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://all:1"), (name, value)));
        Assert.NotNull(Resolve(new OtlpOptions { Endpoint = new Uri("http://flag:1") }, (name, value)));
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector 4318", "http://localhost:4318")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json", "grpc or http/protobuf")]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_PROTOCOL", "GRPC", "grpc or http/protobuf")]
    [InlineData("OTEL_EXPORTER_OTLP_COMPRESSION", "zstd", "gzip or none")]
    [InlineData("OTEL_EXPORTER_OTLP_TIMEOUT", "10s", "milliseconds")]
    [InlineData("OTEL_METRIC_EXPORT_INTERVAL", "-1", "milliseconds")]
    [InlineData("OTEL_RESOURCE_ATTRIBUTES", "a=b,c", "entry 2")]
    public void Variable_that_cannot_be_read_is_named_with_the_cure(string name, string value, string cure)
    {
        var error = Assert.Throws<OtlpConfigurationException>(() => Resolve(new OtlpOptions(), ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://x"), (name, value)));

        Assert.StartsWith(name, error.Message, StringComparison.Ordinal);
        Assert.Contains(cure, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_in_headers_stay_out_of_errors()
    {
        var error = Assert.Throws<OtlpConfigurationException>(() => Resolve(
            new OtlpOptions(), ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://x"), ("OTEL_EXPORTER_OTLP_HEADERS", "a=b,s3cret")));

        Assert.DoesNotContain("s3cret", error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string> Unusable => ["ftp://x", "unix:/run/otlp.sock", "http://user:s3cret@x", "https://x/path|grpc"];

    [Theory]
    [MemberData(nameof(Unusable))]
    public void Endpoint_that_cannot_be_used_is_an_error(string endpoint)
    {
        var parts = endpoint.Split('|');
        var options = new OtlpOptions { Endpoint = new Uri(parts[0]), Protocol = parts.Length > 1 ? OtlpProtocol.Grpc : null };

        var error = Assert.Throws<OtlpConfigurationException>(() => Resolve(options));

        Assert.DoesNotContain("s3cret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Times_and_files_are_checked()
    {
        var options = new OtlpOptions { Endpoint = new Uri("http://x") };

        Assert.Contains("interval", Assert.Throws<OtlpConfigurationException>(() => Resolve(options with { Interval = TimeSpan.Zero })).Message, StringComparison.Ordinal);
        Assert.Contains("timeout", Assert.Throws<OtlpConfigurationException>(() => Resolve(options with { Timeout = TimeSpan.Zero })).Message, StringComparison.Ordinal);
        Assert.Contains("both files", Assert.Throws<OtlpConfigurationException>(() => Resolve(options with { ClientKeyFile = "/k" })).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bad name", "v", false)]
    [InlineData("content-type", "v", false)]
    [InlineData("x-tenant", "gr\u00fcn", false)]
    [InlineData("x-tenant", "a\nb", true)]
    [InlineData("grpc-timeout", "1S", true)]
    [InlineData("x-trace-bin", "AAA=", true)]
    public void Header_that_could_not_be_sent_is_an_error(string name, string value, bool grpc)
    {
        var options = new OtlpOptions { Endpoint = new Uri("http://x"), Protocol = grpc ? OtlpProtocol.Grpc : null, Headers = [new("ok", "v"), new(name, value)] };

        var error = Assert.Throws<OtlpConfigurationException>(() => Resolve(options));

        Assert.StartsWith($"OTLP header \"{name}\"", error.Message, StringComparison.Ordinal);
    }

    // The later of two with one name counts.
    private static OtlpConfiguration? Resolve(OtlpOptions options, params (string Name, string Value)[] environment) =>
        OtlpConfiguration.Resolve(options, name => environment.LastOrDefault(variable => variable.Name == name).Value);
}
