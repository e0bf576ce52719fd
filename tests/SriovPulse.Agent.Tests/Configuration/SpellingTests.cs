using SriovPulse.Agent.Configuration;

namespace SriovPulse.Agent.Tests.Configuration;

public sealed class SpellingTests
{
    private static readonly string[] s_names = ["web.listen-address", "web.telemetry-path", "log.level", "collector"];

    [Theory]
    [InlineData("web.listen-adress", "web.listen-address")]
    [InlineData("web.listen_address", "web.listen-address")]
    [InlineData("log.levle", "log.level")]
    [InlineData("collectors", "collector")]
    [InlineData("Log.Level", "log.level")]
    public void Near_name_is_suggested(string given, string meant) => Assert.Equal($" (did you mean {meant}?)", Spelling.Hint(given, s_names));

    [Theory]
    [InlineData("metrics")]
    [InlineData("x")]
    [InlineData("")]
    public void Nothing_is_suggested_when_nothing_is_near(string given) => Assert.Empty(Spelling.Hint(given, s_names));

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("abc", "", 3)]
    [InlineData("abc", "abc", 0)]
    [InlineData("abc", "acb", 1)]
    [InlineData("abc", "xbc", 1)]
    [InlineData("abc", "abcd", 1)]
    public void Distance_counts_edits(string from, string to, int distance) => Assert.Equal(distance, Spelling.Distance(from, to));
}
