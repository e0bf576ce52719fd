using SriovPulse.Agent.Configuration;

namespace SriovPulse.Agent.Tests.Configuration;

public sealed class SettingsTests
{
    private static readonly CollectorChoice[] s_collectors = [new("vf-counters", true, "VF counters"), new("aer", false, "PCIe errors")];

    public static TheoryData<string> Names => [.. Settings.All(s_collectors).Select(setting => setting.Name)];

    [Fact]
    public void Names_are_unique_and_none_is_a_section_of_another()
    {
        var names = Settings.All(s_collectors).Select(setting => setting.Name).ToList();

        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.All(names, name => Assert.DoesNotContain(names, other => other.StartsWith(name + ".", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Help_is_a_sentence_and_the_default_can_be_given_as_a_value(string name)
    {
        var setting = Settings.All(s_collectors).Single(setting => setting.Name == name);
        var defaults = Settings.Defaults(s_collectors);
        var text = setting.Show(defaults);

        Assert.EndsWith(".", setting.Help, StringComparison.Ordinal);
        if (text.Length > 0 && setting.Shape != SettingShape.Map)
        {
            var errors = new List<ConfigurationError>();
            var given = text.Split(", ").Select(value => new GivenValue(null, value, Origin.CommandLine)).ToList();
            Assert.Equal(text, setting.Show(setting.Apply(defaults, given, errors)));
            Assert.Empty(errors);
        }
    }
}
