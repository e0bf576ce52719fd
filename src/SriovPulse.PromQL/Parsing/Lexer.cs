using System.Globalization;

namespace SriovPulse.PromQL.Parsing;

/// <summary>Cuts a text into tokens. Characters that belong to none are told and skipped, so that there always is a list of tokens.</summary>
internal sealed class Lexer(string text, DiagnosticBag bag)
{
    private readonly List<Token> _tokens = [];
    private int _at;
    private int _brackets;
    private int _braces;

    public IReadOnlyList<Token> ReadAll()
    {
        while (_at < text.Length)
        {
            ReadOne();
        }

        _tokens.Add(new Token(TokenKind.End, new TextRange(text.Length, text.Length)));
        return _tokens;
    }

    private char Peek(int ahead = 0) => _at + ahead < text.Length ? text[_at + ahead] : '\0';

    private void ReadOne()
    {
        var c = text[_at];
        if (c is ' ' or '\t' or '\n' or '\r')
        {
            _at++;
        }
        else if (c == '#')
        {
            while (_at < text.Length && text[_at] != '\n')
            {
                _at++;
            }
        }
        else if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(Peek(1))))
        {
            ReadNumber();
        }
        else if (IsNameStart(c) || (c == ':' && _brackets == 0 && _braces == 0))
        {
            ReadIdentifier();
        }
        else if (c is '"' or '\'' or '`')
        {
            ReadString(c);
        }
        else
        {
            ReadSymbol(c);
        }
    }

    private static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c == '_';

    private void ReadIdentifier()
    {
        var start = _at;
        while (_at < text.Length && (IsNameStart(text[_at]) || char.IsAsciiDigit(text[_at]) || (text[_at] == ':' && _brackets == 0 && _braces == 0)))
        {
            _at++;
        }

        _tokens.Add(new Token(TokenKind.Identifier, new TextRange(start, _at), text[start.._at]));
    }

    private void ReadNumber()
    {
        var start = _at;
        if (DurationText.TryRead(text, _at, out var end, out var seconds))
        {
            _at = end;
            if (!IsTail())
            {
                _tokens.Add(new Token(TokenKind.Duration, new TextRange(start, _at), Number: seconds));
                return;
            }
        }
        else if (Peek() == '0' && Peek(1) is 'x' or 'X')
        {
            _at += 2;
            while (char.IsAsciiHexDigit(Peek()) || Peek() == '_')
            {
                _at++;
            }
        }
        else
        {
            SkipDecimal();
        }

        while (IsTail())
        {
            _at++;
        }

        var range = new TextRange(start, _at);
        var value = 0.0;
        if (!TryParseNumber(text.AsSpan(start, _at - start), out value))
        {
            bag.Syntax(range, $"bad number or duration \"{text[start.._at]}\": expected a number such as 1.5e3 or 0x1f, or a duration such as 1h30m");
            value = 1;
        }

        _tokens.Add(new Token(TokenKind.Number, range, Number: value));
    }

    private bool IsTail() => IsNameStart(Peek()) || char.IsAsciiDigit(Peek()) || Peek() == '.';

    private void SkipDecimal()
    {
        while (char.IsAsciiDigit(Peek()) || Peek() == '_')
        {
            _at++;
        }

        if (Peek() == '.')
        {
            _at++;
            while (char.IsAsciiDigit(Peek()) || Peek() == '_')
            {
                _at++;
            }
        }

        if (Peek() is 'e' or 'E' && (char.IsAsciiDigit(Peek(1)) || (Peek(1) is '+' or '-' && char.IsAsciiDigit(Peek(2)))))
        {
            _at += 2;
            while (char.IsAsciiDigit(Peek()))
            {
                _at++;
            }
        }
    }

    private static bool TryParseNumber(ReadOnlySpan<char> digits, out double value)
    {
        value = 0;
        if (digits[^1] == '_' || digits.Contains("__", StringComparison.Ordinal))
        {
            return false;
        }

        var plain = digits.ToString().Replace("_", string.Empty, StringComparison.Ordinal);
        if (plain.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            if (!ulong.TryParse(plain.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits))
            {
                return false;
            }

            value = bits;
            return true;
        }

        return double.TryParse(plain, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value);
    }

    private void ReadString(char quote)
    {
        var start = _at;
        var value = StringText.Read(text, ref _at, quote, bag);
        _tokens.Add(new Token(TokenKind.String, new TextRange(start, _at), value));
    }

    private void ReadSymbol(char c)
    {
        var next = Peek(1);
        var (kind, length) = (c, next) switch
        {
            ('=', '=') => (TokenKind.Equal, 2),
            ('=', '~') => (TokenKind.MatchRegex, 2),
            ('=', _) => (TokenKind.Assign, 1),
            ('!', '=') => (TokenKind.NotEqual, 2),
            ('!', '~') => (TokenKind.MatchNotRegex, 2),
            ('<', '=') => (TokenKind.LessOrEqual, 2),
            ('<', '/') => (TokenKind.TrimUpper, 2),
            ('<', _) => (TokenKind.Less, 1),
            ('>', '=') => (TokenKind.GreaterOrEqual, 2),
            ('>', '/') => (TokenKind.TrimLower, 2),
            ('>', _) => (TokenKind.Greater, 1),
            ('(', _) => (TokenKind.LeftParenthesis, 1),
            (')', _) => (TokenKind.RightParenthesis, 1),
            ('{', _) => (TokenKind.LeftBrace, 1),
            ('}', _) => (TokenKind.RightBrace, 1),
            ('[', _) => (TokenKind.LeftBracket, 1),
            (']', _) => (TokenKind.RightBracket, 1),
            (',', _) => (TokenKind.Comma, 1),
            (':', _) => (TokenKind.Colon, 1),
            ('@', _) => (TokenKind.At, 1),
            ('+', _) => (TokenKind.Plus, 1),
            ('-', _) => (TokenKind.Minus, 1),
            ('*', _) => (TokenKind.Star, 1),
            ('/', _) => (TokenKind.Slash, 1),
            ('%', _) => (TokenKind.Percent, 1),
            ('^', _) => (TokenKind.Caret, 1),
            _ => (TokenKind.End, 1),
        };
        var range = new TextRange(_at, _at + length);
        _at += length;
        if (kind == TokenKind.End)
        {
            bag.Syntax(range, $"unexpected character {Shown(c)}");
            return;
        }

        _brackets = Math.Max(0, _brackets + kind switch { TokenKind.LeftBracket => 1, TokenKind.RightBracket => -1, _ => 0 });
        _braces = Math.Max(0, _braces + kind switch { TokenKind.LeftBrace => 1, TokenKind.RightBrace => -1, _ => 0 });
        _tokens.Add(new Token(kind, range));
    }

    private static string Shown(char c) => char.IsControl(c) || char.IsSurrogate(c) ? $"U+{(int)c:X4}" : $"'{c}'";
}
