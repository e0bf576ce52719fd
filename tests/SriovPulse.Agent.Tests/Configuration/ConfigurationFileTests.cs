using SriovPulse.Agent.Configuration;

namespace SriovPulse.Agent.Tests.Configuration;

public sealed class ConfigurationFileTests
{
    private static readonly CollectorChoice[] s_collectors = [new("vf-counters", true, "VF counters")];

    [Fact]
    public void Nested_and_dotted_keys_say_the_same()
    {
        var nested = Read("web:\n  config:\n    file: w.yml\n  max-connections: 9\n");
        var dotted = Read("web.config.file: w.yml\nweb: { max-connections: 9 }\n");

        Assert.Equal("w.yml", nested.Web.ConfigFile);
        Assert.Equal(9, nested.Web.MaxConnections);
        Assert.Equal(nested.Web.ConfigFile, dotted.Web.ConfigFile);
        Assert.Equal(nested.Web.MaxConnections, dotted.Web.MaxConnections);
    }

    [Fact]
    public void List_may_be_one_scalar() => Assert.Equal([":1"], Read("web: { listen-address: \":1\" }").Web.ListenAddresses.Select(a => a.Text));

    [Fact]
    public void Keys_of_a_map_may_be_PCI_addresses()
    {
        var networks = Read("pf:\n  physical-networks:\n    ens1f0: physnet0\n    0000:3b:00.0: physnet1\n").PhysicalFunctions;

        Assert.Equal("physnet0", networks.NetworkOf("ens1f0", "0000:3b:00.0"));
        Assert.Equal("physnet1", networks.NetworkOf("ens1f1", "0000:3b:00.0"));
        Assert.Null(networks.NetworkOf("ens1f1", null));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing but a comment\n")]
    [InlineData("---\n")]
    [InlineData("web:\n")]
    public void Empty_file_or_section_changes_nothing(string text) => Assert.Equal(512, Read(text).Web.MaxConnections);

    [Theory]
    [InlineData("web:\n  listen-adress: [':1']\n", "f.yaml:2:3: unknown key web.listen-adress (did you mean web.listen-address?)")]
    [InlineData("collectors: {}\n", "f.yaml:1:1: unknown key collectors (did you mean collector?)")]
    [InlineData("collector:\n  vfcounters: true\n", "f.yaml:2:3: unknown key collector.vfcounters (did you mean collector.vf-counters?)")]
    [InlineData("zebra: 1\n", "f.yaml:1:1: unknown key zebra")]
    [InlineData("web:\n  max-connections: many\n", "f.yaml:2:20: web.max-connections: expected a whole number from 1 to 65536, found \"many\"")]
    [InlineData("web:\n  max-connections: [1]\n", "f.yaml:2:20: web.max-connections: expected a whole number from 1 to 65536, found a list")]
    [InlineData("web:\n  max-connections:\n", "f.yaml:2:19: web.max-connections: expected a whole number from 1 to 65536, found nothing")]
    [InlineData("web: 1\n", "f.yaml:1:6: web: expected keys with values, found \"1\"")]
    [InlineData("collector: { vf-counters: yes }\n", "f.yaml:1:27: collector.vf-counters: expected true or false, found \"yes\"")]
    [InlineData("otlp: { header: a }\n", "f.yaml:1:17: otlp.header: expected entries NAME: VALUE, found \"a\"")]
    [InlineData("otlp: { header: { a: [] } }\n", "f.yaml:1:22: otlp.header.a: expected text, found a list")]
    [InlineData("web.max-connections: 1\nweb: { max-connections: 2 }\n", "f.yaml:2:8: web.max-connections is said twice: keep one")]
    [InlineData("- web\n", "f.yaml:1:1: the file: expected keys with values, found a list")]
    [InlineData("web: {}\n---\nlog: {}\n", "f.yaml:3:1: a second document begins here")]
    public void Error_names_place_and_cure(string text, string error) => Assert.StartsWith(error, Errors(text).Single(), StringComparison.Ordinal);

    [Theory]
    [InlineData("web: {\n")]
    [InlineData("a: b\n c: [\n")]
    [InlineData("web: {}\nweb: {}\n")]
    [InlineData("a: *missing\n")]
    [InlineData("\t- x: [")]
    public void Malformed_YAML_is_one_error_with_its_place(string text) =>
        Assert.Matches("^f\\.yaml:[0-9]+:[0-9]+: not well-formed YAML: ", Errors(text).Single());

    [Fact]
    public void All_errors_are_told_at_once() => Assert.Equal(3, Errors("zebra: 1\nweb: { max-connections: x }\nlog: { format: xml }\n").Count);

    [Fact]
    public void Alias_that_refers_to_itself_is_no_endless_loop() => Assert.NotEmpty(Errors("web: &a\n  config: *a\n"));

    private static AgentOptions Read(string text)
    {
        var errors = new List<ConfigurationError>();
        var options = new ConfigurationFile("f.yaml", Settings.All(s_collectors), errors).Apply(Settings.Defaults(s_collectors), text);
        Assert.Empty(errors);
        return options;
    }

    private static List<string> Errors(string text)
    {
        var errors = new List<ConfigurationError>();
        new ConfigurationFile("f.yaml", Settings.All(s_collectors), errors).Apply(Settings.Defaults(s_collectors), text);
        return [.. errors.Select(error => error.ToString())];
    }
}
