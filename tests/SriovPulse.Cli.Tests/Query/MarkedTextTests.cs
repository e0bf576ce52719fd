using SriovPulse.Cli.Query;
using SriovPulse.PromQL.Parsing;

namespace SriovPulse.Cli.Tests.Query;

public sealed class MarkedTextTests
{
    [Theory]
    [InlineData("abc", 0, 1, "1:1: m\n  abc\n  ^\n")]
    [InlineData("abc", 1, 3, "1:2: m\n  abc\n   ^^\n")]
    [InlineData("abc", 3, 3, "1:4: m\n  abc\n     ^\n")]
    [InlineData("", 0, 0, "1:1: m\n  \n  ^\n")]
    [InlineData("a\n\tb c", 3, 6, "2:2: m\n  \tb c\n  \t^^^\n")]
    [InlineData("a\nb", 0, 3, "1:1: m\n  a\n  ^\n")]
    [InlineData("ab\ncd\nef", 3, 5, "2:1: m\n  cd\n  ^^\n")]
    [InlineData("a\r\nb", 0, 1, "1:1: m\n  a\n  ^\n")]
    public void Carets_stand_under_the_place(string text, int start, int end, string expected) =>
        Assert.Equal(expected, MarkedText.Format(text, new TextRange(start, end), "m"));
}
