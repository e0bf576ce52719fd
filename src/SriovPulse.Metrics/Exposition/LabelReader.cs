using System.Text.Unicode;

namespace SriovPulse.Metrics.Exposition;

/// <summary>Reads what stands between a series' braces, label by label.</summary>
internal ref struct LabelReader
{
    private readonly ExpositionText _text;
    private readonly LabelSyntax _syntax;
    private bool _first;

    /// <param name="text">The exposition.</param>
    /// <param name="position">Just behind the opening brace.</param>
    /// <param name="syntax">What is allowed.</param>
    public LabelReader(ExpositionText text, int position, LabelSyntax syntax)
    {
        _text = text;
        Position = position;
        _syntax = syntax;
        _first = true;
    }

    /// <summary>Where the reader stands; after the end, just behind the closing brace.</summary>
    public int Position { get; private set; }

    /// <summary>The label's name; empty when a quoted text stands alone and is the metric's name.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>The label's value, or the metric's name; still escaped.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Where the label begins.</summary>
    public int Start { get; private set; }

    /// <summary>Whether this is the metric's name, not a label.</summary>
    public bool IsMetricName { get; private set; }

    private readonly byte Current => _text.At(Position);

    /// <summary>Goes to the next label; false behind the closing brace.</summary>
    /// <exception cref="ExpositionException">The bytes break the syntax.</exception>
    public bool Read()
    {
        SkipBlanks();
        if (!_first)
        {
            if (Current == ',')
            {
                Position++;
                SkipBlanks();
                if (_syntax == LabelSyntax.Strict && Current == '}')
                {
                    _text.Expected("a label behind the comma", Position);
                }
            }
            else if (Current != '}' && (_syntax != LabelSyntax.PrometheusText || IsMetricName))
            {
                _text.Expected("\",\" or \"}\" after a label's value", Position);
            }
        }

        if (Current == '}')
        {
            Position++;
            return false;
        }

        _first = false;
        Start = Position;
        ReadLabel();
        return true;
    }

    private void ReadLabel()
    {
        IsMetricName = false;
        if (Current == '"' && _syntax != LabelSyntax.Strict)
        {
            Value = ReadQuoted();
            SkipBlanks();
            if (Current is (byte)',' or (byte)'}')
            {
                IsMetricName = true;
                Name = default;
                return;
            }

            Name = Value;
        }
        else
        {
            var end = _text.LabelNameEnd(Position);
            if (end == Position)
            {
                _text.Expected("a label's name (letters, digits and _, no digit first) or \"}\"", Position);
            }

            Name = _text.Bytes[Position..end];
            Position = end;
            SkipBlanks();
        }

        if (Current != '=')
        {
            _text.Expected("\"=\" after a label's name", Position);
        }

        Position++;
        SkipBlanks();
        if (Current != '"')
        {
            _text.Expected("a label's value in double quotes", Position);
        }

        Value = ReadQuoted();
    }

    private ReadOnlySpan<byte> ReadQuoted()
    {
        var start = Position;
        var end = QuotedEnd(_text, start, _syntax == LabelSyntax.PrometheusText);
        if (end < 0)
        {
            _text.Fail("expected a double quote that ends the text which begins here", start);
        }

        Position = end;
        var quoted = _text.Bytes[(start + 1)..(end - 1)];
        if (!Utf8.IsValid(quoted))
        {
            _text.Fail("expected UTF-8 within the double quotes", start);
        }

        return quoted;
    }

    /// <summary>The position behind the double quote that ends a quoted text; -1 when none does.</summary>
    public static int QuotedEnd(ExpositionText text, int start, bool lineFeeds)
    {
        var bytes = text.Bytes;
        var position = start + 1;
        while (position < bytes.Length)
        {
            var distance = lineFeeds
                ? bytes[position..].IndexOfAny((byte)'"', (byte)'\\')
                : bytes[position..].IndexOfAny((byte)'"', (byte)'\\', (byte)'\n');
            if (distance < 0 || bytes[position + distance] == '\n')
            {
                return -1;
            }

            position += distance;
            if (bytes[position] == '"')
            {
                return position + 1;
            }

            if (text.At(position + 1) == '\n')
            {
                return -1;
            }

            position += 2;
        }

        return -1;
    }

    private void SkipBlanks()
    {
        if (_syntax == LabelSyntax.PrometheusText)
        {
            Position = _text.SkipBlanks(Position);
        }
    }
}
