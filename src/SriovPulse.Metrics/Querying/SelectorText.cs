using SriovPulse.PromQL;
using SriovPulse.PromQL.Ast;
using SriovPulse.PromQL.Parsing;
using SriovPulse.PromQL.Printing;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Querying;

/// <summary>Lists of matchers as selectors write them.</summary>
public static class SelectorText
{
    /// <summary>Reads the selector of a <c>match[]</c> parameter: <c>up{job="x"}</c>.</summary>
    /// <exception cref="PromQLSyntaxException">It is no expression.</exception>
    /// <exception cref="FormatException">It is another expression than a plain selector.</exception>
    public static IReadOnlyList<LabelMatcher> Parse(string text)
    {
        var expression = PromQLExpression.Parse(text);
        return expression.Root.Unwrapped is VectorSelector { Shift: { Offset: 0, At: null } } selector
            ? selector.Matchers
            : throw new FormatException($"\"{text}\" is no plain selector: expected one such as up{{job=\"x\"}}, without operators, ranges or offset");
    }

    /// <summary>Writes matchers as a selector.</summary>
    public static string Format(IReadOnlyList<LabelMatcher> matchers) => Printer.Print(new VectorSelector(null, matchers, default, default));
}
