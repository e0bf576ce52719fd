using SriovPulse.PromQL.Ast;
using SriovPulse.PromQL.Printing;

namespace SriovPulse.PromQL.Tests.Parsing;

public sealed class RangeTests
{
    [Fact]
    public void Every_node_knows_its_text()
    {
        const string Text = "sum by (pf) (rate(tx{a=\"b\"}[5m] offset 1m)) / -(speed @ 5) ^ 2";

        var texts = new List<string>();
        Collect(PromQLExpression.Parse(Text).Root, texts);
        Assert.Equal(
            [
                Text, "sum by (pf) (rate(tx{a=\"b\"}[5m] offset 1m))", "rate(tx{a=\"b\"}[5m] offset 1m)", "tx{a=\"b\"}[5m] offset 1m", "tx{a=\"b\"}",
                "-(speed @ 5) ^ 2", "(speed @ 5) ^ 2", "(speed @ 5)", "speed @ 5", "2",
            ],
            texts);

        static void Collect(Expr expr, List<string> texts)
        {
            texts.Add(Text[expr.Range.Start..expr.Range.End]);
            foreach (var child in expr.Children)
            {
                Collect(child, texts);
            }
        }
    }

    [Theory]
    [InlineData("-1 ^ 2", "-1 ^ 2")]
    [InlineData("a * -b ^ c", "a * -b ^ c")]
    [InlineData("SUM(x) BY (a, b,)", "sum by (a, b) (x)")]
    [InlineData("sum(x)", "sum(x)")]
    [InlineData("x{a='\\'q\\''}", "x{a=\"'q'\"}")]
    [InlineData("{\"a.b\", \"c d\"=`e\\`}", "{\"a.b\",\"c d\"=\"e\\\\\"}")]
    [InlineData("0x1F + 1_000 + 1h30m", "31 + 1000 + 5400")]
    [InlineData("x[90m:] offset -30", "x[1h30m:] offset -30s")]
    [InlineData("x @ end() offset 1w", "x @ end() offset 1w")]
    [InlineData("a > bool ignoring() group_right b", "a > bool ignoring () group_right () b")]
    [InlineData("offset offset 5m + by + sum", "offset offset 5m + by + sum")]
    [InlineData("x # note\n + y", "x + y")]
    [InlineData("\"\\xff\"", "\"\\xff\"")]
    [InlineData("node:cpu:rate5m", "node:cpu:rate5m")]
    [InlineData("-Inf + nan", "-Inf + NaN")]
    [InlineData("{__name__=\"x\"}", "{__name__=\"x\"}")]
    public void Is_printed_in_one_way(string text, string printed) =>
        Assert.Equal(printed, Printer.Print(PromQLExpression.Parse(text).Root));
}
