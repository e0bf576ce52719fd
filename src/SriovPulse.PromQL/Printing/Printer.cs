using System.Globalization;
using System.Text;
using SriovPulse.PromQL.Ast;
using SriovPulse.PromQL.Parsing;
using SriovPulse.PromQL.Series;

namespace SriovPulse.PromQL.Printing;

/// <summary>Writes trees as text that parses back to the same tree. Parentheses are nodes of the tree: none are added.</summary>
public static class Printer
{
    /// <summary>The text of an expression, on one line.</summary>
    public static string Print(Expr expr)
    {
        ArgumentNullException.ThrowIfNull(expr);
        var text = new StringBuilder();
        Append(text, expr);
        return text.ToString();
    }

    private static void Append(StringBuilder text, Expr expr)
    {
        switch (expr)
        {
            case NumberLiteral number:
                AppendNumber(text, number.Value);
                break;
            case StringLiteral literal:
                text.Append(StringText.Quote(literal.Value));
                break;
            case VectorSelector selector:
                AppendSelector(text, selector);
                AppendShift(text, selector.Shift);
                break;
            case RangeSelector range:
                AppendSelector(text, range.Selector);
                text.Append('[').Append(DurationText.Format(range.Window)).Append(']');
                AppendShift(text, range.Selector.Shift);
                break;
            case Subquery subquery:
                Append(text, subquery.Inner);
                text.Append('[').Append(DurationText.Format(subquery.Window)).Append(':');
                text.Append(subquery.Step is { } step ? DurationText.Format(step) : string.Empty).Append(']');
                AppendShift(text, subquery.Shift);
                break;
            case Parenthesized parenthesized:
                text.Append('(');
                Append(text, parenthesized.Inner);
                text.Append(')');
                break;
            case UnaryExpr unary:
                text.Append(unary.IsNegative ? '-' : '+');
                Append(text, unary.Operand);
                break;
            case BinaryExpr binary:
                AppendBinary(text, binary);
                break;
            case FunctionCall call:
                text.Append(call.Function.Name);
                AppendArguments(text, call.Arguments);
                break;
            case Aggregation aggregation:
                AppendAggregation(text, aggregation);
                break;
            default:
                throw new UnknownExprException(expr);
        }
    }

    private static void AppendNumber(StringBuilder text, double value) => text.Append(
        double.IsNaN(value) ? "NaN" : double.IsInfinity(value) ? value > 0 ? "Inf" : "-Inf" : value.ToString("R", CultureInfo.InvariantCulture));

    private static void AppendSelector(StringBuilder text, VectorSelector selector)
    {
        var asName = selector.Name is { } name && CanStandAsName(name);
        var inBraces = new List<string>();
        if (asName)
        {
            text.Append(selector.Name);
        }
        else if (selector.Name is not null)
        {
            inBraces.Add(StringText.Quote(selector.Name));
        }

        for (var i = selector.Name is null ? 0 : 1; i < selector.Matchers.Count; i++)
        {
            inBraces.Add(Matcher(selector.Matchers[i]));
        }

        if (inBraces.Count > 0 || !asName)
        {
            text.Append('{').AppendJoin(',', inBraces).Append('}');
        }
    }

    private static string Matcher(LabelMatcher matcher)
    {
        var op = matcher.Kind switch { MatchKind.Equal => "=", MatchKind.NotEqual => "!=", MatchKind.Regex => "=~", _ => "!~" };
        return LabelName(matcher.Name) + op + StringText.Quote(matcher.Value);
    }

    private static string LabelName(string name) => IsIdentifier(name, allowColon: false) ? name : StringText.Quote(name);

    private static bool CanStandAsName(string name) =>
        IsIdentifier(name, allowColon: true) && !name.Equals("inf", StringComparison.OrdinalIgnoreCase) && !name.Equals("nan", StringComparison.OrdinalIgnoreCase);

    private static bool IsIdentifier(string name, bool allowColon)
    {
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            if (!(char.IsAsciiLetter(c) || c == '_' || (c == ':' && allowColon) || (char.IsAsciiDigit(c) && i > 0)))
            {
                return false;
            }
        }

        return name.Length > 0;
    }

    private static void AppendShift(StringBuilder text, TimeShift shift)
    {
        switch (shift.At)
        {
            case { Kind: AtKind.Start }:
                text.Append(" @ start()");
                break;
            case { Kind: AtKind.End }:
                text.Append(" @ end()");
                break;
            case { Timestamp: var timestamp }:
                text.Append(CultureInfo.InvariantCulture, $" @ {timestamp / 1000m:0.000}");
                break;
        }

        if (shift.Offset != 0)
        {
            text.Append(" offset ").Append(DurationText.Format(shift.Offset));
        }
    }

    private static void AppendBinary(StringBuilder text, BinaryExpr binary)
    {
        Append(text, binary.Left);
        text.Append(' ').Append(binary.Operator.Spelled()).Append(binary.ReturnsBool ? " bool " : " ");
        if (binary.Matching is { } matching)
        {
            text.Append(matching.IsOn ? "on " : "ignoring ");
            AppendNames(text, matching.Labels);
            text.Append(' ');
            if (matching.Grouping != MatchGrouping.None)
            {
                text.Append(matching.Grouping == MatchGrouping.Left ? "group_left " : "group_right ");
                AppendNames(text, matching.Include);
                text.Append(' ');
            }
        }

        Append(text, binary.Right);
    }

    private static void AppendAggregation(StringBuilder text, Aggregation aggregation)
    {
        text.Append(aggregation.Operator.Spelled());
        if (aggregation.IsWithout || aggregation.Grouping.Count > 0)
        {
            text.Append(aggregation.IsWithout ? " without " : " by ");
            AppendNames(text, aggregation.Grouping);
            text.Append(' ');
        }

        AppendArguments(text, aggregation.Children);
    }

    private static void AppendNames(StringBuilder text, IReadOnlyList<string> names) => text.Append('(').AppendJoin(", ", names.Select(LabelName)).Append(')');

    private static void AppendArguments(StringBuilder text, IReadOnlyList<Expr> arguments)
    {
        text.Append('(');
        for (var i = 0; i < arguments.Count; i++)
        {
            text.Append(i == 0 ? string.Empty : ", ");
            Append(text, arguments[i]);
        }

        text.Append(')');
    }
}
