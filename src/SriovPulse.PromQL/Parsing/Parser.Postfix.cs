using SriovPulse.PromQL.Ast;

namespace SriovPulse.PromQL.Parsing;

/// <summary>What follows an expression: ranges, subqueries, <c>offset</c> and <c>@</c>.</summary>
internal sealed partial class Parser
{
    // Far beyond any store, and far from the ends of a long.
    private const double LongestSeconds = 1000.0 * 365 * 86_400;

    private Expr ParsePostfix(Expr expr)
    {
        while (true)
        {
            if (Current.Kind == TokenKind.LeftBracket)
            {
                if (++_operators > MostOperators)
                {
                    return TooDeep(Current.Range, $"more than {MostOperators} operators");
                }

                expr = ParseBracket(expr);
            }
            else if (Current.Is("offset"))
            {
                expr = ParseOffset(expr);
            }
            else if (Current.Kind == TokenKind.At)
            {
                expr = ParseAt(expr);
            }
            else if ((Current.Is("anchored") || Current.Is("smoothed")) && expr is RangeSelector or VectorSelector)
            {
                Experimental(Take(), "the range modifier");
            }
            else
            {
                return expr;
            }
        }
    }

    private Expr ParseBracket(Expr expr)
    {
        var open = Take().Range;
        var window = ParseDuration(TokenKind.RightBracket, "range", mayBeZero: false);
        if (TryTake(TokenKind.Colon))
        {
            long? step = Current.Kind == TokenKind.RightBracket ? null : ParseDuration(TokenKind.RightBracket, "step", mayBeZero: false);
            var end = Expect(TokenKind.RightBracket, "\"]\"");
            return new Subquery(expr, window, step, default, expr.Range.To(end));
        }

        var close = Expect(TokenKind.RightBracket, "\":\" or \"]\"");
        if (expr is VectorSelector selector)
        {
            if (selector.Shift != default)
            {
                _bag.Type(open, $"no {(selector.Shift.At is null ? "offset" : "@")} modifiers allowed before range: write the range first");
            }

            return new RangeSelector(selector, window, expr.Range.To(close));
        }

        if (!_placeholders.Contains(expr))
        {
            _bag.Type(open.To(close), "ranges only allowed for vector selectors; for other expressions use a subquery such as [5m:]");
        }

        return Placeholder(expr.Range.To(close));
    }

    private Expr ParseOffset(Expr expr)
    {
        var keyword = Take().Range;
        var negative = Current.Kind == TokenKind.Minus;
        if (negative || Current.Kind == TokenKind.Plus)
        {
            Take();
        }

        var offset = ParseDuration(null, "offset", mayBeZero: true);
        return Shifted(expr, keyword, "offset", shift =>
        {
            if (shift.Offset != 0)
            {
                _bag.Type(keyword, "offset may not be set multiple times");
            }

            return shift with { Offset = negative ? -offset : offset };
        });
    }

    private Expr ParseAt(Expr expr)
    {
        var keyword = Take().Range;
        var at = ParseTime();
        return Shifted(expr, keyword, "@", shift =>
        {
            if (shift.At is not null)
            {
                _bag.Type(keyword, "@ may not be set multiple times");
            }

            return shift with { At = at };
        });
    }

    private AtModifier ParseTime()
    {
        if ((Current.Is("start") || Current.Is("end")) && Ahead.Kind == TokenKind.LeftParenthesis)
        {
            var isStart = Take().Is("start");
            Take();
            Expect(TokenKind.RightParenthesis, "\")\"");
            return new AtModifier(isStart ? AtKind.Start : AtKind.End, 0);
        }

        var negative = Current.Kind == TokenKind.Minus;
        if (negative || Current.Kind == TokenKind.Plus)
        {
            Take();
        }

        if (Current.Kind is not (TokenKind.Number or TokenKind.Duration))
        {
            Unexpected("a timestamp in seconds, start() or end() after \"@\"");
            return default;
        }

        var token = Take();
        if (!(Math.Abs(token.Number) <= LongestSeconds * 1000))
        {
            _bag.Syntax(token.Range, "timestamp out of bounds for @ modifier");
            return default;
        }

        return new AtModifier(AtKind.Timestamp, Milliseconds(negative ? -token.Number : token.Number));
    }

    private Expr Shifted(Expr expr, TextRange keyword, string what, Func<TimeShift, TimeShift> change)
    {
        var range = expr.Range.To(_tokens[Math.Max(0, _at - 1)].Range);
        switch (expr)
        {
            case VectorSelector selector:
                return selector with { Shift = change(selector.Shift), Range = range };
            case RangeSelector { Selector: var inner } selector:
                return selector with { Selector = inner with { Shift = change(inner.Shift) }, Range = range };
            case Subquery subquery:
                return subquery with { Shift = change(subquery.Shift), Range = range };
            default:
                if (!_placeholders.Contains(expr))
                {
                    _bag.Type(keyword, $"{what} modifier must be preceded by an instant vector selector or range vector selector or a subquery");
                }

                return expr;
        }
    }

    /// <summary>A duration, or a number of seconds. Arithmetic on durations is experimental: it is refused and passed over.</summary>
    private long ParseDuration(TokenKind? close, string what, bool mayBeZero)
    {
        var token = Current;
        var isCalculation = token.Kind == TokenKind.LeftParenthesis
            || (token.Kind == TokenKind.Identifier && Ahead.Kind == TokenKind.LeftParenthesis)
            || (close is not null && token.Kind is TokenKind.Plus or TokenKind.Minus)
            || (close is not null && token.Kind is TokenKind.Number or TokenKind.Duration && Ahead.Kind is
                TokenKind.Plus or TokenKind.Minus or TokenKind.Star or TokenKind.Slash or TokenKind.Percent or TokenKind.Caret);
        if (isCalculation)
        {
            SkipCalculation(close);
            Experimental(token.Range.To(_tokens[Math.Max(0, _at - 1)].Range), $"the duration expression in the {what}");
            return 1;
        }

        if (token.Kind is not (TokenKind.Number or TokenKind.Duration))
        {
            Unexpected($"a duration such as 5m as the {what}");
            SkipCalculation(close);
            return 1;
        }

        Take();
        if (!(Math.Abs(token.Number) <= LongestSeconds))
        {
            _bag.Syntax(token.Range, "duration out of range");
            return 1;
        }

        var milliseconds = Milliseconds(token.Number);
        if (milliseconds <= 0 && !mayBeZero)
        {
            _bag.Syntax(token.Range, "duration must be greater than 0");
            return 1;
        }

        return milliseconds;
    }

    private void SkipCalculation(TokenKind? close)
    {
        if (close is null)
        {
            if (Current.Kind == TokenKind.Identifier && Ahead.Kind == TokenKind.LeftParenthesis)
            {
                Take();
            }

            if (Current.Kind == TokenKind.LeftParenthesis)
            {
                SkipParenthesized();
            }

            return;
        }

        for (var depth = 0; Current.Kind != TokenKind.End && (depth > 0 || (Current.Kind != close && Current.Kind != TokenKind.Colon));)
        {
            depth += Current.Kind switch { TokenKind.LeftParenthesis => 1, TokenKind.RightParenthesis when depth > 0 => -1, _ => 0 };
            Take();
        }
    }

    private static long Milliseconds(double seconds) => (long)Math.Round(seconds * 1000, MidpointRounding.AwayFromZero);
}
