using SriovPulse.PromQL.Ast;
using SriovPulse.PromQL.Series;

namespace SriovPulse.PromQL.Parsing;

/// <summary>Names and matchers.</summary>
internal sealed partial class Parser
{
    private VectorSelector ParseSelector(Token? name)
    {
        var matchers = new List<LabelMatcher>();
        var range = name?.Range ?? Current.Range;
        var metric = name?.Text;
        if (metric is not null)
        {
            matchers.Add(new LabelMatcher(Labels.MetricName, MatchKind.Equal, metric));
        }

        if (Current.Kind == TokenKind.LeftBrace)
        {
            range = range.To(ParseMatchers(ref metric, matchers));
        }

        if (_lastErrorAt != _at && matchers.TrueForAll(static matcher => matcher.Matches(string.Empty)))
        {
            _bag.Type(range, "vector selector must contain at least one matcher that does not match the empty string");
        }

        return new VectorSelector(metric, matchers, default, range);
    }

    private TextRange ParseMatchers(ref string? metric, List<LabelMatcher> matchers)
    {
        Take();
        while (Current.Kind is TokenKind.Identifier or TokenKind.String)
        {
            var label = Take();
            MatchKind? kind = Current.Kind switch
            {
                TokenKind.Assign => MatchKind.Equal,
                TokenKind.NotEqual => MatchKind.NotEqual,
                TokenKind.MatchRegex => MatchKind.Regex,
                TokenKind.MatchNotRegex => MatchKind.NotRegex,
                _ => null,
            };
            if (kind is null && label.Kind == TokenKind.String && Current.Kind is TokenKind.Comma or TokenKind.RightBrace)
            {
                TakeQuotedName(label, ref metric, matchers);
            }
            else if (kind is null)
            {
                Unexpected("one of \"=\", \"!=\", \"=~\" or \"!~\" after the label's name");
                SkipMatcher();
            }
            else
            {
                Take();
                AddMatcher(label, kind.Value, metric, matchers);
            }

            if (!TryTake(TokenKind.Comma))
            {
                break;
            }
        }

        return Expect(TokenKind.RightBrace, "\",\" or \"}\"");
    }

    private void TakeQuotedName(Token name, ref string? metric, List<LabelMatcher> matchers)
    {
        if (metric is not null)
        {
            _bag.Type(name.Range, $"metric name must not be set twice: {StringText.Quote(metric)} or {StringText.Quote(name.Text)}");
        }

        metric = name.Text;
        matchers.Insert(0, new LabelMatcher(Labels.MetricName, MatchKind.Equal, name.Text));
    }

    private void AddMatcher(Token label, MatchKind kind, string? metric, List<LabelMatcher> matchers)
    {
        if (Current.Kind != TokenKind.String)
        {
            Unexpected("a quoted label value");
            SkipMatcher();
            return;
        }

        var value = Take();
        if (label.Text.Length == 0 || !StringText.IsValid(label.Text))
        {
            _bag.Syntax(label.Range, $"invalid label name {StringText.Quote(label.Text)}");
        }

        if (metric is not null && label.Text == Labels.MetricName && kind == MatchKind.Equal)
        {
            _bag.Type(label.Range, $"metric name must not be set twice: {StringText.Quote(metric)} or {StringText.Quote(value.Text)}");
        }

        try
        {
            matchers.Add(new LabelMatcher(label.Text, kind, value.Text));
        }
        catch (ArgumentException e)
        {
            _bag.Syntax(value.Range, $"bad regular expression: {e.Message}");
            matchers.Add(new LabelMatcher(label.Text, MatchKind.NotEqual, string.Empty));
        }
    }

    private void SkipMatcher()
    {
        while (Current.Kind is not (TokenKind.Comma or TokenKind.RightBrace or TokenKind.End))
        {
            Take();
        }
    }
}
