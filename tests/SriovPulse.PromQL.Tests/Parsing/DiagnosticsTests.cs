using SriovPulse.PromQL.Parsing;

namespace SriovPulse.PromQL.Tests.Parsing;

public sealed class DiagnosticsTests
{
    [Theory]
    [InlineData("", "1:1: no expression found in input")]
    [InlineData("rate(x)", "1:6: expected type range vector in call to function \"rate\", got instant vector")]
    [InlineData("rate(x[5m]", "1:11: unexpected end of input: expected \",\" or \")\"")]
    [InlineData("sum(x[5m])", "1:5: expected type instant vector in aggregation expression, got range vector")]
    [InlineData("nope(x)", "1:1: unknown function with name \"nope\"")]
    [InlineData("1 > 2", "1:3: comparisons between scalars must use BOOL modifier")]
    [InlineData("1 and x", "1:3: set operator \"and\" not allowed in binary scalar expression")]
    [InlineData("x + on (a) 1", "1:3: vector matching only allowed between instant vectors")]
    [InlineData("x and on (a) group_left () y", "1:14: no grouping allowed for \"and\" operation")]
    [InlineData("x * on (a) group_left (a) y", "1:12: label \"a\" must not occur in ON and GROUP clause at once")]
    [InlineData("x + bool y", "1:5: bool modifier can only be used on comparison operators")]
    [InlineData("{a=\"\"}", "1:1: vector selector must contain at least one matcher that does not match the empty string")]
    [InlineData("x{__name__=\"y\"}", "1:3: metric name must not be set twice: \"x\" or \"y\"")]
    [InlineData("x{a=~\"(\"}", "1:6: bad regular expression: Invalid pattern '(' at offset 1. Not enough )'s.")]
    [InlineData("x{a=1}", "1:5: unexpected number: expected a quoted label value")]
    [InlineData("x{a}", "1:4: unexpected \"}\": expected one of \"=\", \"!=\", \"=~\" or \"!~\" after the label's name")]
    [InlineData("(x)[5m]", "1:4: ranges only allowed for vector selectors; for other expressions use a subquery such as [5m:]")]
    [InlineData("x offset 5m [5m]", "1:13: no offset modifiers allowed before range: write the range first")]
    [InlineData("sum(x) offset 5m", "1:8: offset modifier must be preceded by an instant vector selector or range vector selector or a subquery")]
    [InlineData("x[0s]", "1:3: duration must be greater than 0")]
    [InlineData("x[5q]", "1:3: bad number or duration \"5q\": expected a number such as 1.5e3 or 0x1f, or a duration such as 1h30m")]
    [InlineData("x y", "1:3: unexpected identifier \"y\": expected an operator or the end of the expression")]
    [InlineData("\"abc", "1:1: unterminated string: expected a closing \"")]
    [InlineData("topk(x)", "1:1: wrong number of arguments for aggregate expression topk: expected 2, got 1")]
    [InlineData("x @ y", "1:5: unexpected identifier \"y\": expected a timestamp in seconds, start() or end() after \"@\"")]
    [InlineData("-\"a\"", "1:1: unary expression only allowed on expressions of type scalar or instant vector, got string")]
    [InlineData("time()[5m:]", "1:1: expected type instant vector in subquery, got scalar")]
    [InlineData("clamp(x, 1)", "1:1: expected 3 argument(s) in call to \"clamp\", got 2")]
    public void Says_where_and_what(string text, string expected)
    {
        Assert.False(PromQLExpression.TryParse(text, out _, out var diagnostics));
        Assert.Equal(expected, Assert.Single(diagnostics).ToString());
    }

    [Fact]
    public void All_mistakes_are_told_with_their_lines()
    {
        const string Text = "rate(a)\n  + sum(b[5m])\n  + nope(c) and rate(d{e=1}[5m]) + (f))";

        Assert.False(PromQLExpression.TryParse(Text, out _, out var diagnostics));
        Assert.Equal(["1:6", "2:9", "3:5", "3:26", "3:39"], diagnostics.Select(static d => $"{d.Line}:{d.Column}"));
    }

    [Theory]
    [InlineData("limitk(3, x)", "limitk", DiagnosticKind.Experimental)]
    [InlineData("limit_ratio by (a) (0.5, x)", "limit_ratio", DiagnosticKind.Experimental)]
    [InlineData("mad_over_time(x[5m])", "mad_over_time", DiagnosticKind.Experimental)]
    [InlineData("rate(x[5m] anchored)", "anchored", DiagnosticKind.Experimental)]
    [InlineData("x[5m+1m]", "duration expression in the range", DiagnosticKind.Experimental)]
    [InlineData("x offset (5m)", "duration expression in the offset", DiagnosticKind.Experimental)]
    [InlineData("x + fill(0) y", "fill", DiagnosticKind.Experimental)]
    [InlineData("histogram_count(x)", "histogram_count", DiagnosticKind.NativeHistogram)]
    [InlineData("x </ 5", "</", DiagnosticKind.NativeHistogram)]
    public void Experimental_features_and_native_histograms_are_refused_by_name(string text, string name, DiagnosticKind kind)
    {
        Assert.False(PromQLExpression.TryParse(text, out _, out var diagnostics));
        var refusal = Assert.Single(diagnostics);
        Assert.Equal(kind, refusal.Kind);
        Assert.Contains(name, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(", 5000)]
    [InlineData("-", 5000)]
    [InlineData("sum(", 5000)]
    [InlineData("a + ", 5000)]
    [InlineData("2 ^ ", 5000)]
    public void Endless_nesting_is_refused_not_a_crash(string part, int times)
    {
        var text = string.Concat(Enumerable.Repeat(part, times)) + "x";
        Assert.False(PromQLExpression.TryParse(text, out _, out var diagnostics));
        Assert.Contains(diagnostics, static d => d.Message.Contains("too complex", StringComparison.Ordinal));
    }
}
