using SriovPulse.PromQL.Ast;
using SriovPulse.PromQL.Functions;

namespace SriovPulse.PromQL.Parsing;

/// <summary>What stands between operators: literals, parentheses, calls, aggregations.</summary>
internal sealed partial class Parser
{
    private Expr ParsePrimary()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Number or TokenKind.Duration:
                Take();
                return new NumberLiteral(token.Number, token.Range);
            case TokenKind.String:
                Take();
                return new StringLiteral(token.Text, token.Range);
            case TokenKind.LeftBrace:
                return ParseSelector(null);
            case TokenKind.LeftParenthesis:
                return ParseParenthesized();
            case TokenKind.Identifier:
                return ParseNamed();
            default:
                Unexpected("an expression");

                // Closing tokens belong to someone further up; anything else would be met again and again.
                if (token.Kind is not (TokenKind.RightParenthesis or TokenKind.RightBracket or TokenKind.RightBrace or TokenKind.Comma))
                {
                    Take();
                }

                return Placeholder(token.Range);
        }
    }

    private Expr ParseParenthesized()
    {
        var open = Take().Range;
        if (_nesting >= DeepestNesting)
        {
            return TooDeep(open, $"nested deeper than {DeepestNesting} levels");
        }

        _nesting++;
        var inner = ParseBinary(0);
        _nesting--;
        var close = Expect(TokenKind.RightParenthesis, "an operator or \")\"");
        var result = new Parenthesized(inner, open.To(close));
        if (_placeholders.Contains(inner))
        {
            _placeholders.Add(result);
        }

        return result;
    }

    private Expr ParseNamed()
    {
        var token = Current;
        var isGrouped = Ahead.Is("by") || Ahead.Is("without");
        if ((token.Is("limitk") || token.Is("limit_ratio")) && (isGrouped || Ahead.Kind == TokenKind.LeftParenthesis))
        {
            return RefuseAggregation();
        }

        if (Ahead.Kind != TokenKind.LeftParenthesis)
        {
            if (token.Is("inf") || token.Is("nan"))
            {
                Take();
                return new NumberLiteral(token.Is("inf") ? double.PositiveInfinity : double.NaN, token.Range);
            }

            return isGrouped && AggregationOperators.TryGet(token.Text, out _) ? ParseAggregation() : ParseSelector(Take());
        }

        return AggregationOperators.TryGet(token.Text, out _) ? ParseAggregation() : ParseCall();
    }

    private NumberLiteral RefuseAggregation()
    {
        var name = Take();
        Experimental(name, "the aggregation");
        if (Current.Kind == TokenKind.Identifier)
        {
            Take();
            ParseLabelNames();
        }

        var (_, close) = ParseArguments();
        if (Current.Is("by") || Current.Is("without"))
        {
            Take();
            ParseLabelNames();
        }

        return Placeholder(name.Range.To(close));
    }

    private FunctionCall ParseCall()
    {
        var name = Take();
        var function = FunctionTable.Find(name.Text);
        switch (function.Status)
        {
            case FunctionStatus.Unknown:
                _bag.Syntax(name.Range, $"unknown function with name \"{name.Text}\"");
                break;
            case FunctionStatus.Experimental:
                Experimental(name, "the function");
                break;
            case FunctionStatus.NativeHistogram:
                NativeHistogram(name.Range, $"the function \"{name.Text}\" has a meaning for native histograms only");
                break;
        }

        var (arguments, close) = ParseArguments();
        return new FunctionCall(function, arguments, name.Range.To(close));
    }

    private (List<Expr> Arguments, TextRange Close) ParseArguments()
    {
        var open = Expect(TokenKind.LeftParenthesis, "\"(\"");
        var arguments = new List<Expr>();
        if (_nesting >= DeepestNesting)
        {
            TooDeep(open, $"nested deeper than {DeepestNesting} levels");
            return (arguments, open);
        }

        _nesting++;
        while (Current.Kind is not (TokenKind.RightParenthesis or TokenKind.End))
        {
            arguments.Add(ParseBinary(0));
            if (!TryTake(TokenKind.Comma))
            {
                break;
            }

            if (Current.Kind == TokenKind.RightParenthesis)
            {
                Unexpected("another argument after \",\"");
            }
        }

        _nesting--;
        return (arguments, Expect(TokenKind.RightParenthesis, "\",\" or \")\""));
    }

    private Aggregation ParseAggregation()
    {
        var name = Take();
        AggregationOperators.TryGet(name.Text, out var op);
        var isWithout = false;
        IReadOnlyList<string>? grouping = null;
        if (Current.Is("by") || Current.Is("without"))
        {
            isWithout = Take().Is("without");
            grouping = ParseLabelNames();
        }

        var (arguments, close) = ParseArguments();
        if (grouping is null && (Current.Is("by") || Current.Is("without")))
        {
            isWithout = Take().Is("without");
            grouping = ParseLabelNames();
            close = _tokens[_at - 1].Range;
        }

        var range = name.Range.To(close);
        var wanted = op.ParameterType() is null ? 1 : 2;
        if (arguments.Count != wanted && _lastErrorAt != _at)
        {
            _bag.Type(range, $"wrong number of arguments for aggregate expression {op.Spelled()}: expected {wanted}, got {arguments.Count}");
        }

        var operand = arguments.Count > 0 ? arguments[^1] : Placeholder(range);
        Expr? parameter = wanted == 2 ? arguments.Count > 1 ? arguments[0] : Placeholder(range) : null;
        return new Aggregation(op, operand, parameter, isWithout, grouping ?? [], range);
    }

    private List<string> ParseLabelNames()
    {
        var names = new List<string>();
        Expect(TokenKind.LeftParenthesis, "\"(\"");
        while (Current.Kind is not (TokenKind.RightParenthesis or TokenKind.End))
        {
            if (Current.Kind is not (TokenKind.Identifier or TokenKind.String))
            {
                Unexpected("a label name");
                break;
            }

            var name = Take();
            if (name.Text.Length == 0 || !StringText.IsValid(name.Text) || name.Text.Contains(':', StringComparison.Ordinal) && name.Kind == TokenKind.Identifier)
            {
                _bag.Syntax(name.Range, $"invalid label name {StringText.Quote(name.Text)} in grouping");
            }

            names.Add(name.Text);
            if (!TryTake(TokenKind.Comma))
            {
                break;
            }
        }

        Expect(TokenKind.RightParenthesis, "\",\" or \")\"");
        return names;
    }
}
