using System.Text.Unicode;

namespace SriovPulse.Metrics.Exposition;

// Grammar and its laxness as of Prometheus 3's model/textparse/promlex.l and promparse.go.
public ref partial struct ExpositionReader
{
    private bool ReadPrometheusText()
    {
        while (true)
        {
            _position = _text.SkipBlanks(_position);
            if (_position >= _text.Length)
            {
                return false;
            }

            _start = _position;
            switch (_text.Bytes[_position])
            {
                case (byte)'\n':
                    _position++;
                    break;
                case (byte)'#':
                    if (ReadTextMetadata())
                    {
                        return true;
                    }

                    break;
                default:
                    ReadTextSample();
                    return true;
            }
        }
    }

    /// <summary>A line that begins with #; false when it is a comment.</summary>
    private bool ReadTextMetadata()
    {
        var lineEnd = _text.LineEnd(_position);
        var word = _text.SkipBlanks(_position + 1);
        var rest = _text.Bytes[word..lineEnd];
        var isHelp = rest.StartsWith("HELP "u8) || rest.StartsWith("HELP\t"u8);
        var isType = rest.StartsWith("TYPE "u8) || rest.StartsWith("TYPE\t"u8);
        if (word == _position + 1 || !(isHelp || isType))
        {
            _position = Math.Min(lineEnd + 1, _text.Length);
            return false;
        }

        _position = _text.SkipBlanks(word + 5);
        ReadFamilyName();
        Text = _position < lineEnd ? _text.Bytes[(_position + 1)..lineEnd] : default;
        if (isType)
        {
            Kind = EntryKind.Type;
            _lastKind = FamilyTypes.Find(Text, openMetrics: false)
                ?? throw _text.Error($"expected {FamilyTypes.ExpectedInText}", Math.Min(_position + 1, lineEnd));
        }
        else
        {
            Kind = EntryKind.Help;
            if (!Utf8.IsValid(Text))
            {
                _text.Fail("expected UTF-8 in the help", _position + 1);
            }
        }

        _position = Math.Min(lineEnd + 1, _text.Length);
        return true;
    }

    private void ReadTextSample()
    {
        ReadSeries();
        var start = _text.SkipBlanks(_position);
        var end = TokenEnd(start);
        if (end == start)
        {
            _text.Expected("the sample's value", start);
        }

        Value = Number(start, end, "a value");
        var position = _text.SkipBlanks(end);
        if (_text.At(position) != '\n')
        {
            position = ReadTextTimestamp(position);
        }

        _position = Math.Min(position + 1, _text.Length);
    }

    private int ReadTextTimestamp(int start)
    {
        var end = start;
        ulong timestamp = 0;
        for (; (uint)(_text.At(end) - '0') <= 9; end++)
        {
            timestamp = (timestamp * 10) + (ulong)(_text.At(end) - '0');
        }

        // As many digits as a signed 64-bit number always holds: beyond, no date is meant.
        if (end == start || end - start > 18)
        {
            _text.Expected("a timestamp (milliseconds since 1970, digits only) or the end of the line", start);
        }

        HasTimestamp = true;
        Timestamp = (long)timestamp;
        var position = _text.SkipBlanks(end);
        if (_text.At(position) != '\n')
        {
            _text.Expected("the end of the line after the timestamp", position);
        }

        return position;
    }

    private readonly int TokenEnd(int start)
    {
        var position = start;
        while (_text.At(position) is not ((byte)' ' or (byte)'\n' or (byte)'\t' or (byte)'{'))
        {
            position++;
        }

        return position;
    }
}
