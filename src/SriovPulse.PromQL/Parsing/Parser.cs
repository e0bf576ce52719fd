using SriovPulse.PromQL.Ast;

namespace SriovPulse.PromQL.Parsing;

/// <summary>
/// Recursive descent over the tokens. After a mistake it goes on with a placeholder, so that one pass finds as many mistakes as there are;
/// the tree it returns then is not to be used.
/// </summary>
internal sealed partial class Parser
{
    // Every level costs stack in all passes over the tree. Nobody writes expressions as deep by hand.
    private const int DeepestNesting = 100;
    private const int MostOperators = 1000;

    private readonly DiagnosticBag _bag;
    private readonly IReadOnlyList<Token> _tokens;
    private readonly HashSet<Expr> _placeholders = new(ReferenceEqualityComparer.Instance);
    private int _at;
    private int _lastErrorAt = -1;
    private int _nesting;
    private int _operators;

    public Parser(string text, DiagnosticBag bag)
    {
        _bag = bag;
        _tokens = new Lexer(text, bag).ReadAll();
    }

    /// <summary>Nodes that stand for something unreadable: the type checker must not complain about them again.</summary>
    public IReadOnlySet<Expr> Placeholders => _placeholders;

    private Token Current => _tokens[_at];

    private Token Ahead => _tokens[Math.Min(_at + 1, _tokens.Count - 1)];

    public Expr Parse()
    {
        if (Current.Kind == TokenKind.End)
        {
            if (_bag.IsEmpty)
            {
                _bag.Syntax(Current.Range, "no expression found in input");
            }

            return Placeholder(Current.Range);
        }

        var root = ParseBinary(0);
        if (Current.Kind != TokenKind.End)
        {
            Unexpected("an operator or the end of the expression");
        }

        return root;
    }

    private Expr ParseBinary(int weakest)
    {
        var left = ParseUnary();
        while (TryGetOperator(Current, out var op) && op.Precedence() > weakest)
        {
            var operatorRange = Take().Range;
            if (++_operators > MostOperators)
            {
                return TooDeep(operatorRange, $"more than {MostOperators} operators");
            }

            var modifiers = ParseBinaryModifiers(op);

            // Only ^ binds to the right, and it is handled by ParsePower, so everything here binds to the left.
            var right = ParseBinary(op.Precedence());
            left = new BinaryExpr(op, left, right, modifiers.ReturnsBool, modifiers.Matching, operatorRange, left.Range.To(right.Range));
        }

        return left;
    }

    private Expr ParseUnary()
    {
        if (Current.Kind is not (TokenKind.Plus or TokenKind.Minus))
        {
            return ParsePower();
        }

        var sign = Take();
        if (_nesting >= DeepestNesting)
        {
            return TooDeep(sign.Range, $"nested deeper than {DeepestNesting} levels");
        }

        _nesting++;
        var operand = ParseUnary();
        _nesting--;
        var range = sign.Range.To(operand.Range);
        var negative = sign.Kind == TokenKind.Minus;
        return operand is NumberLiteral number && !_placeholders.Contains(number)
            ? new NumberLiteral(negative ? -number.Value : number.Value, range)
            : new UnaryExpr(negative, operand, range);
    }

    private Expr ParsePower()
    {
        var left = ParsePostfix(ParsePrimary());
        if (Current.Kind != TokenKind.Caret)
        {
            return left;
        }

        var operatorRange = Take().Range;
        if (++_operators > MostOperators || _nesting >= DeepestNesting)
        {
            return TooDeep(operatorRange, "too many operators");
        }

        var modifiers = ParseBinaryModifiers(BinaryOperator.Power);
        _nesting++;
        var right = ParseUnary();
        _nesting--;
        return new BinaryExpr(
            BinaryOperator.Power, left, right, modifiers.ReturnsBool, modifiers.Matching, operatorRange, left.Range.To(right.Range));
    }

    private (bool ReturnsBool, VectorMatching? Matching) ParseBinaryModifiers(BinaryOperator op)
    {
        var returnsBool = false;
        if (Current.Is("bool"))
        {
            var range = Take().Range;
            returnsBool = op.IsComparison();
            if (!returnsBool)
            {
                _bag.Type(range, "bool modifier can only be used on comparison operators");
            }
        }

        VectorMatching? matching = null;
        if ((Current.Is("on") || Current.Is("ignoring")) && Ahead.Kind == TokenKind.LeftParenthesis)
        {
            var isOn = Take().Is("on");
            var labels = ParseLabelNames();
            var (grouping, include) = (MatchGrouping.None, (IReadOnlyList<string>)[]);
            if (Current.Is("group_left") || Current.Is("group_right"))
            {
                (grouping, include) = ParseGrouping(op, isOn, labels);
            }

            matching = new VectorMatching(isOn, labels, grouping, include);
        }

        while ((Current.Is("fill") || Current.Is("fill_left") || Current.Is("fill_right")) && Ahead.Kind == TokenKind.LeftParenthesis)
        {
            Experimental(Take(), "the binary operator modifier");
            SkipParenthesized();
        }

        return (returnsBool, matching);
    }

    private (MatchGrouping Grouping, IReadOnlyList<string> Include) ParseGrouping(BinaryOperator op, bool isOn, IReadOnlyList<string> labels)
    {
        var keyword = Take();
        if (op.IsSetOperator())
        {
            _bag.Type(keyword.Range, $"no grouping allowed for \"{op.Spelled()}\" operation");
        }

        IReadOnlyList<string> include = Current.Kind == TokenKind.LeftParenthesis ? ParseLabelNames() : [];
        foreach (var label in include)
        {
            if (isOn && labels.Contains(label))
            {
                _bag.Type(keyword.Range, $"label \"{label}\" must not occur in ON and GROUP clause at once");
            }
        }

        return (keyword.Is("group_left") ? MatchGrouping.Left : MatchGrouping.Right, include);
    }

    private bool TryGetOperator(Token token, out BinaryOperator op)
    {
        if (token.Kind is TokenKind.TrimLower or TokenKind.TrimUpper)
        {
            NativeHistogram(token.Range, $"the operator \"{(token.Kind == TokenKind.TrimUpper ? "</" : ">/")}\" trims native histograms");
            op = BinaryOperator.Less;
            return true;
        }

        BinaryOperator? found = token.Kind switch
        {
            TokenKind.Plus => BinaryOperator.Add,
            TokenKind.Minus => BinaryOperator.Subtract,
            TokenKind.Star => BinaryOperator.Multiply,
            TokenKind.Slash => BinaryOperator.Divide,
            TokenKind.Percent => BinaryOperator.Modulo,
            TokenKind.Equal => BinaryOperator.Equal,
            TokenKind.NotEqual => BinaryOperator.NotEqual,
            TokenKind.Less => BinaryOperator.Less,
            TokenKind.LessOrEqual => BinaryOperator.LessOrEqual,
            TokenKind.Greater => BinaryOperator.Greater,
            TokenKind.GreaterOrEqual => BinaryOperator.GreaterOrEqual,
            TokenKind.Identifier when token.Is("and") => BinaryOperator.And,
            TokenKind.Identifier when token.Is("or") => BinaryOperator.Or,
            TokenKind.Identifier when token.Is("unless") => BinaryOperator.Unless,
            TokenKind.Identifier when token.Is("atan2") => BinaryOperator.Atan2,
            _ => null,
        };
        op = found ?? default;
        return found is not null;
    }

    private Token Take()
    {
        var token = Current;
        if (token.Kind != TokenKind.End)
        {
            _at++;
        }

        return token;
    }

    private bool TryTake(TokenKind kind)
    {
        if (Current.Kind != kind)
        {
            return false;
        }

        _at++;
        return true;
    }

    /// <summary>Takes a token that must be there; where it is not, says so and goes on as if it were.</summary>
    private TextRange Expect(TokenKind kind, string expected)
    {
        if (Current.Kind == kind)
        {
            return Take().Range;
        }

        Unexpected(expected);
        return new TextRange(Current.Range.Start, Current.Range.Start);
    }

    private void Unexpected(string expected)
    {
        // One mistake often shows at several places of the grammar: it is told once.
        if (_lastErrorAt != _at)
        {
            _lastErrorAt = _at;
            _bag.Syntax(Current.Range, $"unexpected {Describe(Current)}: expected {expected}");
        }
    }

    private string Describe(Token token) => token.Kind switch
    {
        TokenKind.End => "end of input",
        TokenKind.Identifier => $"identifier \"{token.Text}\"",
        TokenKind.Number => "number",
        TokenKind.Duration => "duration",
        TokenKind.String => $"string {StringText.Quote(token.Text)}",
        _ => $"\"{_bag.Slice(token.Range)}\"",
    };

    private NumberLiteral Placeholder(TextRange range)
    {
        var placeholder = new NumberLiteral(0, range);
        _placeholders.Add(placeholder);
        return placeholder;
    }

    private NumberLiteral TooDeep(TextRange range, string what)
    {
        _bag.Syntax(range, $"expression is too complex: {what}");
        _at = _tokens.Count - 1;
        _lastErrorAt = _at;
        return Placeholder(range);
    }

    private void Experimental(Token token, string what) => Experimental(token.Range, $"{what} \"{token.Text}\"");

    private void Experimental(TextRange range, string what) =>
        _bag.Add(DiagnosticKind.Experimental, range, $"{what} is not supported: it is an experimental feature of Prometheus and may change");

    private void NativeHistogram(TextRange range, string what) =>
        _bag.Add(DiagnosticKind.NativeHistogram, range, $"{what}, which are not supported: all samples here are floats");

    private void SkipParenthesized()
    {
        var depth = 0;
        do
        {
            depth += Current.Kind switch { TokenKind.LeftParenthesis => 1, TokenKind.RightParenthesis => -1, _ => 0 };
            Take();
        }
        while (depth > 0 && Current.Kind != TokenKind.End);
    }
}
