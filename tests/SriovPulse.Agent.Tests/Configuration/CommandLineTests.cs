using Microsoft.Extensions.Logging;
using SriovPulse.Agent.Configuration;
using SriovPulse.Agent.Otlp;

namespace SriovPulse.Agent.Tests.Configuration;

public sealed class CommandLineTests
{
    private static readonly CollectorChoice[] s_collectors = [new("vf-counters", true, "VF counters"), new("aer", false, "PCIe errors")];

    [Fact]
    public void Defaults_hold_when_nothing_is_given()
    {
        var options = Options();

        Assert.Equal("127.0.0.1:9836", Assert.Single(options.Web.ListenAddresses).Text);
        Assert.Equal("/metrics", options.Web.TelemetryPath);
        Assert.Equal("/", options.RootPath);
        Assert.Equal(512, options.Web.MaxConnections);
        Assert.Equal(TimeSpan.FromMilliseconds(250), options.Web.ScrapeTimeoutOffset);
        Assert.Equal(TimeSpan.FromSeconds(1), options.Collection.MaxAge);
        Assert.Equal(TimeSpan.FromSeconds(5), options.Collection.CollectorTimeout);
        Assert.Equal(0.01, options.Sampler.RtnlShare);
        Assert.Null(options.Otlp.Endpoint);
        Assert.False(options.Once);
        Assert.Equal(["vf-counters"], options.Collectors);
    }

    [Fact]
    public void Flags_set_what_they_name()
    {
        var options = Options(
            "--web.listen-address", "[::1]:1", "--web.listen-address=:2", "--web.telemetry-path", "/m", "--path.rootfs", "/host", "--once",
            "--log.level", "warn", "--log.format=json", "--collection.max-age", "2s", "--sampler.rtnl-share", "0.02",
            "--otlp.endpoint", "http://localhost:4317", "--otlp.protocol", "grpc", "--otlp.header", "a=b=c", "--otlp.header", "d=",
            "--pf.include", "ens.*|0000:3b:.*", "--pf.exclude", "ens9", "--pf.physical-networks", "ens1=physnet0", "--host.control-address", "h:1");

        Assert.Equal(["[::1]:1", ":2"], options.Web.ListenAddresses.Select(address => address.Text));
        Assert.Equal("/m", options.Web.TelemetryPath);
        Assert.Equal("/host", options.RootPath);
        Assert.True(options.Once);
        Assert.Equal(LogLevel.Warning, options.Log.Level);
        Assert.Equal(LogFormat.Json, options.Log.Format);
        Assert.Equal(TimeSpan.FromSeconds(2), options.Collection.MaxAge);
        Assert.Equal(0.02, options.Sampler.RtnlShare);
        Assert.Equal("http://localhost:4317/", options.Otlp.Endpoint?.ToString());
        Assert.Equal(OtlpProtocol.Grpc, options.Otlp.Protocol);
        Assert.Equal("b=c", options.Otlp.Headers?.Single(pair => pair.Key == "a").Value);
        Assert.Equal(string.Empty, options.Otlp.Headers?.Single(pair => pair.Key == "d").Value);
        Assert.Equal("h:1", options.ControlAddress);
        Assert.Equal("physnet0", options.PhysicalFunctions.NetworkOf("ens1", "0000:3b:00.0"));
    }

    [Theory]
    [InlineData("ens1f0", null, true)]
    [InlineData("xens1f0", null, false)]
    [InlineData("xens1f0", "0000:3b:00.0", true)]
    [InlineData(null, "0000:3b:00.0", true)]
    [InlineData(null, "0000:5e:00.0", false)]
    [InlineData("ens9", "0000:3b:00.0", false)]
    public void Patterns_match_a_name_or_address_as_a_whole(string? netdev, string? address, bool isAdmitted)
    {
        var options = Options("--pf.include", "ens.*|0000:3b:.*", "--pf.exclude", "ens9");

        Assert.Equal(isAdmitted, options.PhysicalFunctions.Admits(netdev, address));
    }

    [Fact]
    public void Collectors_are_turned_on_and_off() =>
        Assert.Equal(["aer"], Options("--collector.aer", "--no-collector.vf-counters").Collectors);

    [Theory]
    [InlineData("--web.listen-adress :1", "unknown flag --web.listen-adress (did you mean --web.listen-address?)")]
    [InlineData("--collector.vfcounters", "unknown flag --collector.vfcounters (did you mean --collector.vf-counters?)")]
    [InlineData("serve", "unexpected argument \"serve\"")]
    [InlineData("--log.level", "--log.level needs a value")]
    [InlineData("--log.level --once", "--log.level needs a value")]
    [InlineData("--web.config.file --once", "--web.config.file needs a value")]
    [InlineData("--log.level loud", "--log.level: expected one of debug, info, warn, error, found \"loud\"")]
    [InlineData("--log.level info --log.level warn", "--log.level is given 2 times")]
    [InlineData("--web.max-connections 0", "expected a whole number from 1 to 65536, found \"0\"")]
    [InlineData("--collection.max-age 5", "it needs a unit, as in 5s")]
    [InlineData("--sampler.rtnl-share 2", "expected a share above 0 and at most 1")]
    [InlineData("--pf.include (", "expected a regular expression, found \"(\"")]
    [InlineData("--pf.include a)(b", "expected a regular expression")]
    [InlineData("--otlp.endpoint localhost:4317", "expected an http:// or https:// URL")]
    [InlineData("--otlp.header a", "--otlp.header: expected NAME=VALUE, found \"a\"")]
    [InlineData("--otlp.header a=1 --otlp.header a=2", "--otlp.header: a is given twice")]
    [InlineData("--collector.aer --no-collector.aer", "--collector.aer and --no-collector.aer contradict each other")]
    [InlineData("--web.telemetry-path metrics", "expected a path such as /metrics")]
    [InlineData("--web.telemetry-path /-/ready", "choose another path")]
    [InlineData("--sampler.min-interval 2s", "is shorter than sampler.min-interval")]
    [InlineData("--otlp.client-key-file k", "go together")]
    [InlineData("--path.rootfs host", "expected the absolute path of a folder")]
    public void Wrong_usage_is_told_with_the_cure(string arguments, string error) =>
        Assert.Contains(error, Errors(arguments.Split(' ')).Single(), StringComparison.Ordinal);

    [Fact]
    public void All_errors_are_told_at_once() =>
        Assert.Equal(3, Errors("--nonsense", "--web.max-connections", "x", "--log.format", "xml").Count);

    [Fact]
    public void At_sign_is_no_response_file() => Assert.Contains("unexpected argument \"@/etc/passwd\"", Errors("@/etc/passwd").Single(), StringComparison.Ordinal);

    [Fact]
    public void Flags_win_over_the_file()
    {
        const string File = """
            web:
              listen-address: [":1", ":2"]
              max-connections: 7
            otlp: { header: { a: "1" } }
            collector: { aer: true, vf-counters: false }
            """;

        var options = Options(File, "--config", "f.yaml", "--web.listen-address", ":3", "--otlp.header", "b=2", "--no-collector.aer");

        Assert.Equal(":3", Assert.Single(options.Web.ListenAddresses).Text);
        Assert.Equal(7, options.Web.MaxConnections);
        Assert.Equal(["b"], options.Otlp.Headers?.Select(pair => pair.Key));
        Assert.Empty(options.Collectors);
    }

    [Fact]
    public void Errors_of_file_and_flags_are_told_together()
    {
        var errors = Errors("log: { level: loud }", "--config", "f.yaml", "--log.format", "xml");

        Assert.Equal(2, errors.Count);
        Assert.StartsWith("f.yaml:1:15: log.level: expected one of", errors[0], StringComparison.Ordinal);
        Assert.StartsWith("--log.format: expected one of", errors[1], StringComparison.Ordinal);
    }

    [Fact]
    public void File_that_cannot_be_read_is_named()
    {
        var exception = Assert.Throws<ConfigurationException>(
            () => new CommandLine(s_collectors).Read(["--config", "/nowhere/f.yaml"], File.ReadAllText));

        Assert.StartsWith("/nowhere/f.yaml: cannot be read:", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_names_every_setting()
    {
        using var output = new StringWriter();
        Assert.IsType<Request.Help>(Read(null, "--help")).Write(output);

        foreach (var setting in Settings.All(s_collectors))
        {
            Assert.Contains($"--{setting.Name} ", output.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Version_is_asked_for_whatever_else_is_wrong() => Assert.IsType<Request.Version>(Read(null, "--version", "--nonsense"));

    private static Request Read(string? file, params string[] arguments) =>
        new CommandLine(s_collectors).Read(arguments, _ => file ?? throw new InvalidOperationException("no file is to be read"));

    private static AgentOptions Options(params string[] arguments) =>
        arguments.Length > 0 && arguments[0].Contains('\n', StringComparison.Ordinal)
            ? Assert.IsType<Request.Run>(Read(arguments[0], arguments[1..])).Options
            : Assert.IsType<Request.Run>(Read(null, arguments)).Options;

    private static List<string> Errors(params string[] arguments)
    {
        var isFile = arguments.Length > 1 && arguments[1] == "--config";
        var exception = Assert.Throws<ConfigurationException>(
            () => isFile ? Read(arguments[0], arguments[1..]) : Read(null, arguments));
        return [.. exception.Errors.Select(error => error.ToString())];
    }
}
