using SriovPulse.PromQL.Printing;
using SriovPulse.PromQL.Tests.Parsing;

namespace SriovPulse.PromQL.Tests.Properties;

public sealed class ParserProperties
{
    private const string Alphabet = "abxy_:09.eE+-*/%^=!~<>()[]{},@\"'`\\# \n\t\u00e9\ud83d";

    private static readonly string[] s_words =
    [
        "sum", "by", "without", "(", ")", "[", "]", "{", "}", "5m", "offset", "@", "start()", "bool", "on", "ignoring", "group_left", "rate", "topk",
        "and", "1", "\"s\"", "a", "=~", ",", ":", "-", "^", "limitk", "anchored", "fill", "\\x", "inf", "step()", "</",
    ];

    [Fact]
    public void Printed_expressions_parse_to_the_same_tree() => Seeds.ForAll(3000, static random =>
    {
        var text = new ExpressionGenerator(random).Expression(random.Next(5));
        var tree = text.Root;
        var printed = Printer.Print(tree);
        Assert.True(TreeComparison.Same(tree, PromQLExpression.Parse(printed).Root), $"{text} is printed as {printed}");
        Assert.Equal(printed, Printer.Print(PromQLExpression.Parse(printed).Root));
    });

    [Fact]
    public void Strings_are_printed_so_that_they_read_back() => Seeds.ForAll(2000, static random =>
    {
        // Bytes may make up a character together, so the strings are those that the parser reads.
        var parts = Enumerable.Range(0, random.Next(12)).Select(_ => random.Next(4) switch
        {
            0 => ((char)random.Next(0x80, 0xd800)).ToString(),
            1 => $"\\u{random.Next(0x20, 0xd800):x4}",
            _ => $"\\x{random.Next(256):x2}",
        });
        var value = Read($"\"{string.Concat(parts)}\"");
        Assert.Equal(value, Read(PromQL.Parsing.StringText.Quote(value)));

        static string Read(string text) => ((Ast.StringLiteral)PromQLExpression.Parse(text).Root).Value;
    });

    [Fact]
    public void Any_text_is_parsed_or_told_to_be_wrong() => Seeds.ForAll(5000, static random =>
    {
        var text = random.Next(3) switch
        {
            0 => Mutate(new ExpressionGenerator(random).Expression(3).Text, random),
            1 => string.Join(random.Next(2) == 0 ? " " : "", Enumerable.Range(0, random.Next(20)).Select(_ => s_words[random.Next(s_words.Length)])),
            _ => string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => Alphabet[random.Next(Alphabet.Length)])),
        };
        if (PromQLExpression.TryParse(text, out var expression, out var diagnostics))
        {
            var printed = Printer.Print(expression.Root);
            Assert.True(TreeComparison.Same(expression.Root, PromQLExpression.Parse(printed).Root), $"{text} is printed as {printed}");
            return;
        }

        Assert.NotEmpty(diagnostics);
        Assert.All(diagnostics, d => Assert.True(d.Range.Start >= 0 && d.Range.End <= text.Length && d.Range.Start <= d.Range.End && d.Message.Length > 0, $"{text}: {d}"));
    });

    private static string Mutate(string text, Random random)
    {
        for (var i = random.Next(4); i >= 0 && text.Length > 0; i--)
        {
            var at = random.Next(text.Length);
            text = random.Next(4) switch
            {
                0 => text.Remove(at, 1),
                1 => text.Insert(at, Alphabet[random.Next(Alphabet.Length)].ToString()),
                2 => text.Insert(at, s_words[random.Next(s_words.Length)]),
                _ => text[..at] + text[Math.Min(text.Length, at + random.Next(5))..],
            };
        }

        return text;
    }
}
