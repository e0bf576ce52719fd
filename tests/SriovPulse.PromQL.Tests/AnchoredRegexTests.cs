using SriovPulse.PromQL.Series;

namespace SriovPulse.PromQL.Tests;

public sealed class AnchoredRegexTests
{
    [Theory]
    [InlineData("a.c", "a\nc", true)] // A dot matches a newline.
    [InlineData("a$", "a\n", false)] // The end is the very end.
    [InlineData("a|ab", "ab", true)] // The whole string, not the first alternative.
    [InlineData("ab", "xab", false)]
    [InlineData(@"\d+", "12", true)]
    [InlineData(@"\d", "\u0663", false)] // Digits are ASCII.
    [InlineData(@"\w", "\u00e9", false)]
    [InlineData(@"\s", "\u00a0", false)]
    [InlineData(@"\s", "\v", false)]
    [InlineData(@"\S", "\v", true)]
    [InlineData(@"[^\d]", "\u0663", true)]
    [InlineData(@"[\Dx]+", "x\u0663y", true)]
    [InlineData(@"[\W]", "_", false)]
    [InlineData(@"[\W]", "^", true)]
    [InlineData("[[:alpha:]]+", "abZ", true)]
    [InlineData("[[:^digit:]]", "5", false)]
    [InlineData("[a-z-[c]+", "b[c-", true)] // No subtraction of classes: "[" is a character.
    [InlineData("[]a]", "]", true)]
    [InlineData("[^]a]", "]", false)]
    [InlineData("(?P<x>a)b", "ab", true)]
    [InlineData("(?<x>a)b", "ab", true)]
    [InlineData("(?i)AB", "aB", true)]
    [InlineData("(?i:A)B", "ab", false)]
    [InlineData("(?-s)a.b", "a\nb", false)]
    [InlineData("(?m)a$.b", "a\nb", true)]
    [InlineData(@"\Qa.b]\E+", "a.b]]", true)]
    [InlineData(@"\x41\x{42}\103", "ABC", true)]
    [InlineData(@"\pL\p{Nd}", "\u00e95", true)]
    [InlineData(@"\p{^L}", "x", false)]
    [InlineData(@"a\.b", "axb", false)]
    [InlineData("", "", true)]
    [InlineData("", "x", false)]
    [InlineData("a{2,3}", "aaa", true)]
    [InlineData("x*?", "xx", true)]
    public void Means_what_RE2_means(string pattern, string value, bool matches)
    {
        Assert.Equal(matches, AnchoredRegex.Create(pattern).IsMatch(value));
        Assert.Equal(matches, new LabelMatcher("l", MatchKind.Regex, pattern).Matches(value));
        Assert.Equal(!matches, new LabelMatcher("l", MatchKind.NotRegex, pattern).Matches(value));
    }

    [Theory]
    [InlineData("(a")]
    [InlineData("a)(b")]
    [InlineData("[a")]
    [InlineData("a**")]
    [InlineData(@"(a)\1")]
    [InlineData("(?=a)")]
    [InlineData("(?!a)")]
    [InlineData("(?<=a)b")]
    [InlineData("(?>a)")]
    [InlineData("(?#x)")]
    [InlineData("(?x)a")]
    [InlineData(@"\Z")]
    [InlineData(@"\e")]
    [InlineData(@"\u0041")]
    [InlineData(@"\p{Greek}")]
    [InlineData("[[:nope:]]")]
    [InlineData("a\\")]
    public void Refuses_what_RE2_does_not_know(string pattern) => Assert.ThrowsAny<ArgumentException>(() => new LabelMatcher("l", MatchKind.Regex, pattern));

    [Theory]
    [InlineData("a|b|c", "b", true)]
    [InlineData("(a|b)", "b", true)]
    [InlineData("a|", "", true)]
    [InlineData("(a)|(b)", "b", true)]
    [InlineData("eth.*", "ethernet", true)]
    [InlineData("eth.*", "xeth", false)]
    [InlineData(".*net", "ethernet", true)]
    [InlineData(".*er.*", "ethernet", true)]
    [InlineData("a.*|.*b", "xb", true)]
    [InlineData("a.*|.*b", "xa", false)]
    [InlineData(".*", "", true)]
    [InlineData(".+", "", false)]
    public void Plain_patterns_are_compared_as_strings_with_the_same_meaning(string pattern, string value, bool matches)
    {
        Assert.Equal(matches, new LabelMatcher("l", MatchKind.Regex, pattern).Matches(value));
        Assert.Equal(matches, AnchoredRegex.Create(pattern).IsMatch(value));
    }
}
