using System.Text.RegularExpressions;
using SriovPulse.PromQL.Functions;

namespace SriovPulse.PromQL.Tests;

public sealed class RegexTemplateTests
{
    [Theory]
    [InlineData("$1", "ab")]
    [InlineData("$1x", "")]
    [InlineData("${1}x", "abx")]
    [InlineData("$2-$1", "cd-ab")]
    [InlineData("$name", "cd")]
    [InlineData("$9", "")]
    [InlineData("$$1", "$1")]
    [InlineData("a$", "a$")]
    [InlineData("${1", "${1")]
    [InlineData("$0", "ab-cd")]
    [InlineData("plain", "plain")]
    public void Expands_as_Go_does(string template, string expected) =>
        Assert.Equal(expected, RegexTemplate.Expand(template, Regex.Match("ab-cd", "(ab)-(?<name>cd)")));
}
